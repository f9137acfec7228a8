import type { Wanted } from '../catalog.ts'
import type { Tell } from './findings.ts'
import { inWords, type Kind, kindsOf, type ObjectType, type Type } from './type.ts'

const KINDS: Readonly<Record<Wanted, readonly Kind[]>> = {
  list: ['list'],
  people: ['text', 'object', 'list'],
  time: ['text'],
  parameter: ['null', 'boolean', 'number', 'text', 'list'],
}

const SAID: Readonly<Record<Wanted, string>> = {
  list: 'items gives a list',
  people: 'People are given as an address, {role: …}, {user: …} or a list of these',
  time: 'until gives a text that says a time',
  parameter: 'A parameter is a text, a number, true or false, or a list of these',
}

/** Tells where a value cannot be what it is used as. */
export function checkUse(wanted: Wanted, type: Type, length: number, tell: Tell): void {
  const refuse = (wrong: Type, nullable: boolean) => {
    const code = nullable ? 'type.nullable' : 'type.mismatch'
    const message = nullable
      ? `${SAID[wanted]}, and this may be null.`
      : `${SAID[wanted]}, and this is ${inWords(wrong)}.`
    tell({
      code,
      message,
      offset: 0,
      length,
      ...(nullable ? { hint: 'default(x, …) puts another value in its place.' } : {}),
    })
  }
  if (!fits(wanted, type)) refuse(type, onlyNull(wanted, type))
  else if (wanted === 'people' && type.list && isNobody(type.list.element)) {
    tell({ code: 'type.mismatch', message: 'Nobody is in this list.', offset: 0, length })
  } else if (type.list && !fits(wanted, type.list.element, true))
    refuse(type.list.element, onlyNull(wanted, type.list.element))
}

function isNobody(element: Type): boolean {
  return !element.unknown && kindsOf(element).length === 0
}

function fits(wanted: Wanted, type: Type, within = false): boolean {
  if (type.unknown || (within && (wanted === 'list' || wanted === 'time'))) return true
  const kinds = KINDS[wanted].filter((kind) => !within || kind !== 'list')
  if (!kindsOf(type).every((kind) => kinds.includes(kind))) return false
  return wanted !== 'people' || type.object === null || namesSomebody(type.object)
}

/** Whether it has an address, a role or a user for sure. */
function namesSomebody({ properties, open, rest }: ObjectType): boolean {
  if (open && rest?.unknown) return true
  return ['email', 'role', 'user'].some((key) => {
    const type = properties.get(key)
    return type !== undefined && (type.unknown || (!type.absent && kindsOf(type).length === 1 && type.text !== null))
  })
}

function onlyNull(wanted: Wanted, type: Type): boolean {
  return type.null && kindsOf(type).length > 1 && fits(wanted, { ...type, null: false })
}
