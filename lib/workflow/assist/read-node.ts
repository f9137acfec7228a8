import { childrenOf, type Node } from '../expressions/ast.ts'
import { type Meaning, meaning, type Names } from './meaning.ts'

/** Functions that answer their first argument, or one like it. */
const SAME: ReadonlySet<string> = new Set(['default', 'd', 'sort', 'reverse', 'unique'])
/** Functions that answer one of the items of their first argument. */
const ONE_OF: ReadonlySet<string> = new Set(['first', 'last'])

/** What an expression stands for, as far as its names tell; null where nothing can be said. */
export function meaningOfNode(node: Node, names: Names): Meaning | null {
  switch (node.type) {
    case 'name':
      return names.name(node.name)
    case 'member': {
      const object = meaningOfNode(node.object, names)
      const key = node.key.type === 'literal' ? node.key.value : undefined
      return typeof key === 'string' ? (object?.member(key) ?? null) : (object?.item() ?? null)
    }
    case 'call': {
      const [first] = node.args
      if (first === undefined) return null
      if (SAME.has(node.helper)) return meaningOfNode(first, names)
      return ONE_OF.has(node.helper) ? (meaningOfNode(first, names)?.item() ?? null) : null
    }
    case 'conditional':
      return meaningOfNode(node.consequent, names) ?? meaningOfNode(node.alternate, names)
    default:
      return null
  }
}

/** A name, or a member by its name, with what it stands for. */
export interface Use {
  readonly meaning: Meaning
  /** Where the name itself stands in the source; of a key in quotes, without them. */
  readonly offset: number
  readonly length: number
  /** How it is read: by itself, behind a dot, or in brackets. */
  readonly as: 'name' | 'dot' | 'key'
}

/** Every name in an expression that stands for something, those of its own loops included. */
export function usesIn(node: Node, source: string, names: Names): readonly Use[] {
  if (node.type === 'name') {
    const found = names.name(node.name)
    return found ? [{ meaning: found, offset: node.offset, length: node.name.length, as: 'name' }] : []
  }
  if (node.type === 'member') {
    const inner = usesIn(node.object, source, names)
    const { key } = node
    if (key.type !== 'literal') return [...inner, ...usesIn(key, source, names)]
    const found = typeof key.value === 'string' ? meaningOfNode(node, names) : null
    if (found === null) return inner
    const quoted = source[key.offset] === '"' || source[key.offset] === "'"
    const place = quoted
      ? { offset: key.offset + 1, length: key.length - 2 }
      : { offset: key.offset, length: key.length }
    return [...inner, { meaning: found, ...place, as: quoted ? 'key' : 'dot' }]
  }
  if (node.type !== 'generator') return childrenOf(node).flatMap((child) => usesIn(child, source, names))
  const within = withItems(names, node.targets, meaningOfNode(node.iterable, names))
  return [
    ...usesIn(node.iterable, source, names),
    ...(node.condition ? usesIn(node.condition, source, within) : []),
    ...usesIn(node.element, source, within),
  ]
}

/** The names within a loop: its own go before those around it. Of several at once nothing is known. */
export function withItems(names: Names, targets: readonly string[], list: Meaning | null): Names {
  const item = targets.length === 1 ? (list?.item() ?? null) : null
  return withLocals(
    names,
    targets.map((name) => local(name, item)),
  )
}

export function withLocals(names: Names, locals: readonly Meaning[]): Names {
  return {
    all: () => [...locals, ...names.all().filter(({ name }) => locals.every((one) => one.name !== name))],
    name: (name) => locals.findLast((one) => one.name === name) ?? names.name(name),
  }
}

/** A name that an expression or template gives itself. */
export function local(name: string, of: Meaning | null): Meaning {
  return { ...(of ?? meaning({ name, from: '' })), name, from: 'of this text', step: null, declared: [] }
}
