import type { Node } from '../expressions/ast.ts'
import { describePath } from '../expressions/path.ts'
import type { Tell } from './findings.ts'
import { inWords, type Kind, kindsOf, NOTHING, type Type, UNKNOWN } from './type.ts'

const PLURAL: Readonly<Record<Kind, string>> = {
  null: 'null',
  boolean: 'truth values',
  number: 'numbers',
  text: 'text',
  list: 'lists',
  object: 'objects',
}

/** What stands in for a value of this kind where there is none, to be shown as a cure. */
const STANDS_IN: Readonly<Record<Kind, string>> = {
  null: 'null',
  boolean: 'false',
  number: '0',
  text: "''",
  list: '[]',
  object: 'null',
}

/** Tells where a value is needed to be of certain kinds and may be of another. Answers what is left of it. */
export function wants(
  type: Type,
  kinds: readonly Kind[],
  node: Node,
  what: string,
  { tell }: { readonly tell: Tell },
): Type {
  if (type.unknown) return UNKNOWN
  const wrong = kindsOf(type).filter((kind) => !kinds.includes(kind))
  const at = { offset: node.offset, length: node.length }
  const name = describePath(node)
  if (wrong.length === 0) return type
  const named = kinds.map((kind) => PLURAL[kind]).join(' or ')
  if (wrong.length === 1 && wrong[0] === 'null' && kindsOf(type).length > 1) {
    const message = `${name} may be null, and ${what} works on ${named} only.`
    tell({ code: 'type.nullable', message, ...at, hint: nullHint(node, kinds[0] ?? 'text') })
    return { ...type, null: false }
  }
  const message = `${what} works on ${named}, and ${name} is ${inWords(type)}.`
  const onlyNull = wrong.every((kind) => kind === 'null')
  tell({ code: onlyNull ? 'type.nullable' : 'type.mismatch', message, ...at })
  const left = { ...NOTHING, ...Object.fromEntries(kinds.map((kind) => [kind, type[kind]])) }
  // What comes of it is not told of as well.
  return kindsOf(left).length === 0 ? UNKNOWN : left
}

export function nullHint(node: Node, kind: Kind): string {
  const name = describePath(node)
  return `default(${name}, ${STANDS_IN[kind]}) puts another value in its place, and a condition such as ${name} is not none keeps it away.`
}
