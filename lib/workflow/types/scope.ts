import type { Node } from '../expressions/ast.ts'
import { isNamespace } from '../expressions/namespaces.ts'
import type { Absence } from './findings.ts'
import type { Type } from './type.ts'

/** What an expression sees, as far as it is known before a run. */
export interface TypeScope {
  /** What stands under a name of a namespace, a bare name being one of `runtime`. */
  read(root: string, name: string): Found
  /** A namespace as a whole. */
  whole(root: string): Type
}

/** A type, and why there may be no such value; null: there is one, or nobody can know. */
export interface Found {
  readonly type: Type
  readonly absence: Absence | null
}

/** The names of loops and of `set`, and what conditions have shown of paths. */
export interface Circumstances {
  readonly locals: ReadonlyMap<string, Found>
  /** By path (`pathKey`): what is known to be there. */
  readonly shown: ReadonlyMap<string, Type>
}

/** A text that begins alike for paths that begin alike. */
export function pathKey(root: string, path: readonly (string | number)[]): string {
  return [root, ...path.map((part) => JSON.stringify(part))].join(' ')
}

/** The path of such a text: its root, then its keys. */
export function pathOf(key: string): readonly (string | number)[] {
  const [root = '', ...keys] = key.match(/^\S+|"(?:[^"\\]|\\.)*"|-?[\d.]+(?:e[-+]?\d+)?/g) ?? []
  return [root, ...keys.map((part): string | number => JSON.parse(part))]
}

/** The namespace, or the loop's variable, and the keys of a path that has no computed one. */
export function fixedPath(
  node: Node,
  at: Circumstances,
): { readonly root: string; readonly path: readonly (string | number)[] } | null {
  if (node.type === 'name') {
    if (at.locals.has(node.name)) return { root: localRoot(node.name), path: [] }
    return isNamespace(node.name) ? { root: node.name, path: [] } : { root: 'runtime', path: [node.name] }
  }
  if (node.type !== 'member' || node.key.type !== 'literal') return null
  const { value } = node.key
  const owner = fixedPath(node.object, at)
  if (owner === null || (typeof value !== 'string' && typeof value !== 'number')) return null
  return { root: owner.root, path: [...owner.path, value] }
}

function localRoot(name: string): string {
  return `local:${name}`
}

/** New variables: what was shown of others of the same names says nothing of them. */
export function withLocals(at: Circumstances, bound: readonly (readonly [string, Found])[]): Circumstances {
  const roots = bound.map(([name]) => localRoot(name))
  const stale = (key: string) => roots.some((root) => key === root || key.startsWith(`${root} `))
  return {
    locals: new Map([...at.locals, ...bound]),
    shown: new Map([...at.shown].filter(([key]) => !stale(key))),
  }
}
