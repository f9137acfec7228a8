import { z } from 'zod'
import { isJsonObject, type Json } from '#lib/json.ts'
import { ROLES } from '#lib/permissions.ts'
import { FORMATS } from '#lib/schema/formats.ts'
import type { ApproverRef, Slot, StepReader } from '#lib/workflow/catalog.ts'
import type { SourcePath } from '#lib/workflow/diagnostics.ts'
import { ExpressionError } from '#lib/workflow/expressions/errors.ts'
import { evaluateExpression } from '#lib/workflow/expressions/evaluate.ts'
import type { Scope } from '#lib/workflow/scope.ts'
import { didYouMean, meantValue, oneOf } from '#lib/workflow/suggest.ts'

/** Who is asked: an address, everyone of a role, one user, or what an expression answers when the wait opens. */
export const Person = z.union([
  z.strictObject({ email: z.string() }),
  z.strictObject({ role: z.string() }),
  z.strictObject({ user: z.string() }),
  z.strictObject({ expr: z.string() }),
])
export type Person = z.infer<typeof Person>

const KINDS = ['email', 'role', 'user', 'expr'] as const

/** Reads a list of people; one alone may stand without a list. What cannot be read is reported and left out. */
export function readPeople(raw: Json, path: SourcePath, reader: StepReader): Person[] {
  const items: readonly Json[] = Array.isArray(raw) ? raw : [raw]
  return items.flatMap((item, i) => readPerson(item, Array.isArray(raw) ? [...path, i] : path, reader) ?? [])
}

export function readPerson(raw: Json, path: SourcePath, reader: StepReader): Person | null {
  if (typeof raw === 'string') return readAddress(raw, path, reader)
  const [kind, ...others] = isJsonObject(raw) ? Object.keys(raw) : []
  const known = KINDS.find((name) => name === kind)
  const value = isJsonObject(raw) && known ? raw[known] : undefined
  if (known === undefined || others.length > 0 || typeof value !== 'string' || value.trim() === '') {
    const hint = kind === undefined ? undefined : didYouMean(kind, KINDS)
    reader.error(
      'people.wrong_type',
      'Write an e-mail address, {role: editor}, {user: id} or {expr: runtime.manager_email}.',
      path,
      hint,
    )
    return null
  }
  switch (known) {
    case 'email':
      return readAddress(value, [...path, 'email'], reader)
    case 'role':
      if (ROLES.some((role) => role === value)) return { role: value }
      reader.error(
        'people.unknown_role',
        `There is no role ${value}. Roles are ${oneOf(ROLES)}.`,
        [...path, 'role'],
        meantValue(value, ROLES),
      )
      return null
    case 'user':
      return { user: value.trim() }
    case 'expr':
      return { expr: value }
  }
}

/** As authors write one: an address stands for itself. */
export function authoredPerson(person: Person): Json {
  return 'email' in person ? person.email : person
}

function readAddress(text: string, path: SourcePath, reader: StepReader): Person | null {
  const email = text.trim()
  if (isAddress(email)) return { email }
  const expr = /^\{\{([^{}]*)\}\}$/.exec(email)?.[1]?.trim()
  const advice = expr === undefined ? undefined : { hint: `Write {expr: ${expr}} instead.`, cure: { put: { expr } } }
  reader.error(
    'people.bad_address',
    `${text} is not an e-mail address. Write one such as editor@company.com, or {role: editor}.`,
    path,
    advice,
  )
  return null
}

function isAddress(text: string): boolean {
  return FORMATS.get('email')?.test(text) === true
}

export function peopleSlots(path: SourcePath, people: readonly Person[]): readonly Slot[] {
  return people.flatMap((person, i) =>
    'expr' in person
      ? [
          {
            path: [...path, i, 'expr'],
            kind: 'expression' as const,
            source: person.expr,
            secrets: false,
            wants: 'people',
          },
        ]
      : [],
  )
}

/** Evaluates what is written as an expression: it answers an address, `{role}`, `{user}`, or a list of these. */
export function resolvePeople(people: readonly Person[], scope: Scope): ApproverRef[] {
  return people.flatMap((person) =>
    'expr' in person
      ? [evaluateExpression(person.expr, scope)].flat().map((value) => asPerson(value, person.expr))
      : [person],
  )
}

function asPerson(value: Json, source: string): ApproverRef {
  if (typeof value === 'string' && isAddress(value.trim())) return { email: value.trim() }
  if (isJsonObject(value)) {
    if (typeof value.email === 'string' && isAddress(value.email)) return { email: value.email }
    if (typeof value.role === 'string') return { role: value.role }
    if (typeof value.user === 'string') return { user: value.user }
  }
  throw new ExpressionError(
    holdsText(value) ? 'template.value_refused' : 'expression.type',
    `${source} does not answer an e-mail address, {role: …} or {user: …}.`,
    0,
  )
}

/** Of the right type, so that only its value is to blame. */
function holdsText(value: Json): boolean {
  if (!isJsonObject(value)) return typeof value === 'string'
  return [value.email, value.role, value.user].some((one) => typeof one === 'string')
}
