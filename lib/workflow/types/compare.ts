import type { Node, NodeOf } from '../expressions/ast.ts'
import { describePath } from '../expressions/path.ts'
import { didYouMean, oneOf } from '../suggest.ts'
import type { Tell } from './findings.ts'
import { BOOLEAN, inWords, type Kind, kindsOf, type Type } from './type.ts'
import { nullHint, wants } from './wants.ts'

interface By {
  readonly tell: Tell
}

/** A comparison answers true or false; it is told where it cannot be made, or can have only one outcome. */
export function typeOfComparison(node: NodeOf<'compare'>, left: Type, right: Type, by: By): Type {
  if (node.operator === 'in' || node.operator === 'not in')
    checkMembership(node.left, left, node.right, right, node, by)
  else if (node.operator === '==' || node.operator === '!=') checkAlike(node.left, left, node.right, right, node, by)
  else checkOrder(node, left, right, by)
  return BOOLEAN
}

/** Two values of unlike types are never equal, and no value is one that its list of values does not have. */
export function checkAlike(
  leftNode: Node,
  left: Type,
  rightNode: Node,
  right: Type,
  node: Node,
  { tell }: By,
  is = 'is',
): void {
  if (left.unknown || right.unknown) return
  const [a, b] = [solid(left), solid(right)]
  // Whether something is null may be asked of everything.
  if (a.length === 0 || b.length === 0) return
  const shared = a.filter((kind) => b.includes(kind))
  if (shared.length === 0) {
    const message = `${describePath(leftNode)} is ${inWords(left)} and ${describePath(rightNode)} ${is} ${inWords(right)}: they are never equal.`
    tell({ code: 'type.unlike', message, offset: node.offset, length: node.length })
    return
  }
  if (shared.length > 1 || (left.null && right.null)) return
  const [kind] = shared
  if (kind !== 'text' && kind !== 'number') return
  const [ours, theirs] = [left[kind]?.values ?? null, right[kind]?.values ?? null]
  if (ours === null || theirs === null || ours.some((value) => (theirs as readonly unknown[]).includes(value))) return
  const [known, value, at] = ours.length >= theirs.length ? [ours, theirs, rightNode] : [theirs, ours, leftNode]
  // One value alone is a constant, which somebody may change; only a choice says what there is.
  if (known.length < 2) return
  const name = describePath(at === rightNode ? leftNode : rightNode)
  const message = `${name} is never ${value.map((one) => JSON.stringify(one)).join(' or ')}. It is ${oneOf(known.slice(0, 10).map(String))}.`
  const hint = didYouMean(String(value[0]), known.map(String))
  tell({
    code: 'type.not_an_option',
    message,
    offset: at.offset,
    length: at.length,
    ...(hint === undefined ? {} : { hint }),
  })
}

function solid(type: Type): readonly Kind[] {
  return kindsOf(type).filter((kind) => kind !== 'null')
}

/** What can be in what: anything in a list, text in a text, a key in an object. */
export function checkMembership(itemNode: Node, item: Type, node: Node, container: Type, whole: Node, by: By): void {
  const left = wants(container, ['list', 'text', 'object'], node, 'in', by)
  if (left.unknown) return
  if (left.text) wants(item, ['text'], itemNode, 'What is looked for in text', by)
  else if (left.object) wants(item, ['null', 'boolean', 'number', 'text'], itemNode, 'A search for a key', by)
  if (left.list === null || left.text || left.object || item.unknown) return
  if (node.type === 'list') {
    const places = left.list.places ?? []
    for (const [i, one] of node.items.entries()) checkAlike(itemNode, item, one, places[i] ?? item, one, by)
  } else checkAlike(itemNode, item, node, left.list.element, whole, by, 'holds')
}

/** Only two numbers or two texts have an order. */
function checkOrder(node: NodeOf<'compare'>, left: Type, right: Type, by: By): void {
  const sides = [
    [node.left, left],
    [node.right, right],
  ] as const
  if (left.unknown || right.unknown) {
    for (const [side, type] of sides) if (!type.unknown) wants(type, ['number', 'text'], side, node.operator, by)
    return
  }
  for (const [side, type] of sides) {
    if (!type.null) continue
    const kind = solid(type)[0] ?? 'number'
    const message = `${describePath(side)} may be null, and null has no order.`
    by.tell({ code: 'type.nullable', message, offset: side.offset, length: side.length, hint: nullHint(side, kind) })
    return
  }
  const [a, b] = [solid(left), solid(right)]
  // An element of an empty list is never compared.
  if (a.length === 0 || b.length === 0) return
  if (a.length === 1 && b.length === 1 && a[0] === b[0] && (a[0] === 'number' || a[0] === 'text')) return
  const message = `${describePath(node.left)} is ${inWords(left)} and ${describePath(node.right)} is ${inWords(right)}: ${node.operator} compares two numbers or two texts.`
  by.tell({ code: 'type.unlike', message, offset: node.offset, length: node.length })
}
