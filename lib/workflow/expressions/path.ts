import type { Node } from './ast.ts'

/** How a node is called in messages: a path as it is written, with computed keys left open; `otherwise` for anything else. */
export function describePath(node: Node, otherwise = 'the value'): string {
  return pathOf(node) ?? otherwise
}

function pathOf(node: Node): string | null {
  if (node.type === 'name') return node.name
  if (node.type !== 'member') return null
  const owner = pathOf(node.object)
  return owner === null ? null : owner + written(node.key)
}

/** A key behind what it belongs to. */
function written(key: Node): string {
  if (key.type !== 'literal') return '[…]'
  const { value } = key
  if (typeof value !== 'string') return `[${value}]`
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(value) ? `.${value}` : `[${JSON.stringify(value)}]`
}
