import type { Node } from './ast.ts'

/** How a node is called in messages: a path as it is written, with dynamic keys left open; anything else in a word. */
export function describePath(node: Node): string {
  if (node.type === 'name') return node.name
  if (node.type !== 'member') return 'the value'
  const owner = describePath(node.object)
  if (node.key.type !== 'literal') return `${owner}[…]`
  const { value } = node.key
  if (typeof value !== 'string') return `${owner}[${value}]`
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(value) ? `${owner}.${value}` : `${owner}[${JSON.stringify(value)}]`
}
