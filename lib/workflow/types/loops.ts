import type { Node } from '../expressions/ast.ts'
import { describePath } from '../expressions/path.ts'
import type { Tell } from './findings.ts'
import type { Found } from './scope.ts'
import { join, NOTHING, TEXT, type Type, UNKNOWN } from './type.ts'
import { wants } from './wants.ts'

/** What a loop goes through: the elements of a list, the keys of an object, the characters of a text. */
export function elementOf(type: Type, node: Node, by: { readonly tell: Tell }): Type {
  const looped = wants(type, ['list', 'object', 'text'], node, 'A loop', by)
  if (looped.unknown) return UNKNOWN
  return join(looped.list?.element ?? NOTHING, looped.object || looped.text ? TEXT : NOTHING)
}

/** The names of a loop: one element to one name, or its parts to several. */
export function boundTo(
  targets: readonly string[],
  element: Type,
  node: Node,
  { tell }: { readonly tell: Tell },
): readonly (readonly [string, Found])[] {
  const [only] = targets
  if (targets.length === 1 && only !== undefined) return [[only, { type: element, absence: null }]]
  const places = element.list?.places
  const fits = places?.length === targets.length && !element.null && !element.text && !element.number && !element.object
  if (!fits && !element.unknown && element !== NOTHING) {
    const message = `The elements of ${describePath(node)} are not known to be lists of ${targets.length}.`
    tell({
      code: 'type.mismatch',
      message,
      offset: node.offset,
      length: node.length,
      hint: 'Loop through items(object).',
    })
  }
  return targets.map((name, i) => [name, { type: (fits && places?.[i]) || UNKNOWN, absence: null }])
}
