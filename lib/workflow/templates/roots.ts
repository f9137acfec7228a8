import { childrenOf, type Node } from '../expressions/ast.ts'
import { isNamespace } from '../expressions/namespaces.ts'

/** The namespaces that the value of each loop variable or `set` name was made from. */
export type LocalRoots = Map<string, ReadonlySet<string>>

/** The namespaces that a value is made from; none for constants. */
export function rootsOf(node: Node, locals: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  if (node.type === 'name') return locals.get(node.name) ?? new Set([isNamespace(node.name) ? node.name : 'runtime'])
  const inner =
    node.type === 'generator'
      ? new Map([...locals, ...node.targets.map((name) => [name, rootsOf(node.iterable, locals)] as const)])
      : locals
  return new Set(childrenOf(node).flatMap((child) => [...rootsOf(child, inner)]))
}
