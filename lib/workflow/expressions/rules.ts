import { childrenOf, type Node } from './ast.ts'
import type { Problem } from './errors.ts'
import { isSecretSpace, SECRETS_BY_NAME } from './namespaces.ts'

/** Rules on a tree that parses: today one, that secrets are named where they are used. */
export function rulesOf(node: Node, locals: ReadonlySet<string> = new Set()): Problem[] {
  if (node.type === 'member' && isSecrets(node.object, locals)) {
    if (node.key.type === 'literal' && typeof node.key.value === 'string') return []
    return [byName(node.object)]
  }
  if (isSecrets(node, locals)) return [byName(node)]
  const inner = node.type === 'generator' ? new Set([...locals, ...node.targets]) : locals
  return childrenOf(node).flatMap((child) =>
    rulesOf(child, node.type === 'generator' && child === node.iterable ? locals : inner),
  )
}

function isSecrets(node: Node, locals: ReadonlySet<string>): boolean {
  return node.type === 'name' && isSecretSpace(node.name) && !locals.has(node.name)
}

function byName(node: Node): Problem {
  return {
    code: 'expression.secret_by_name',
    ...SECRETS_BY_NAME,
    offset: node.offset,
    length: node.length,
  }
}
