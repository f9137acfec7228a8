import { isJsonObject, type Json } from '../../json.ts'
import type { Node, Span } from './ast.ts'
import { fail } from './fail.ts'
import { describePath } from './path.ts'
import { isList, typeName } from './values.ts'

/** What a loop goes through: the elements of a list, the keys of an object, the characters (code points) of a text. */
export function elementsOf(value: Json, at: Node): Iterable<Json> {
  if (isList(value) || typeof value === 'string') return value
  if (isJsonObject(value)) return Object.keys(value)
  return fail(
    'expression.type',
    `${describePath(at, 'This')} is ${typeName(value)}: a loop goes through a list, the keys of an object or the characters of a text.`,
    at,
    value === null ? 'default(x, []) puts an empty list in its place.' : 'Write [x] for a list of one.',
  )
}

/** Binds one element to one name, or its parts to several. */
export function bind(targets: readonly string[], item: Json, at: Span): ReadonlyMap<string, Json> {
  const [only] = targets
  if (targets.length === 1 && only !== undefined) return new Map([[only, item]])
  if (!isList(item) || item.length !== targets.length) {
    return fail('expression.type', `An element is not a list of ${targets.length}.`, at, 'Loop through items(object).')
  }
  return new Map(targets.map((name, i) => [name, item[i] ?? null]))
}
