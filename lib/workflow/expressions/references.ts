import { childrenOf, type Node, type NodeOf } from './ast.ts'
import { ExpressionError } from './errors.ts'
import { HELPERS } from './helpers.ts'
import { isNamespace } from './namespaces.ts'
import { parseExpression } from './parse.ts'
import { TESTS } from './tests.ts'

/** A place in the data that an expression reads. */
export interface Reference {
  /** The namespace; a bare name is one of `runtime`. */
  readonly root: string
  /** As far as it is fixed: it ends before a computed key. Empty for a whole namespace. */
  readonly path: readonly (string | number)[]
  /** Characters (UTF-16) from the start of the source. */
  readonly offset: number
  readonly length: number
  /** Absence is handled: by `default`, `is defined`, or because it was asked for before. */
  readonly guarded: boolean
}

/** Everything the expression reads, loop variables left out. An expression that cannot be parsed reads nothing. */
export function references(source: string): Reference[] {
  let tree: Node
  try {
    tree = parseExpression(source)
  } catch (error) {
    if (error instanceof ExpressionError) return []
    throw error
  }
  return referencesOf(tree, { locals: new Set(), guarded: false, known: [] })
}

/** Under which circumstances a node is read. */
export interface Circumstances {
  readonly locals: ReadonlySet<string>
  /** Within `default(…)` or `is defined`. */
  readonly guarded: boolean
  /** Paths that were found to be defined. */
  readonly known: readonly string[]
}

export function referencesOf(node: Node, at: Circumstances): Reference[] {
  switch (node.type) {
    case 'name':
    case 'member': {
      const { reference, dynamic } = readPath(node, at)
      const keys = dynamic.flatMap((key) => referencesOf(key, { ...at, guarded: false }))
      return reference === null ? keys : [reference, ...keys]
    }
    case 'call': {
      const [first, ...rest] = node.args
      if (!HELPERS.get(node.helper)?.takesAbsence || first === undefined) break
      return [...referencesOf(first, { ...at, guarded: true }), ...rest.flatMap((arg) => referencesOf(arg, at))]
    }
    case 'test':
      if (!TESTS.get(node.test)?.absence) break
      return referencesOf(node.operand, { ...at, guarded: true })
    case 'logical': {
      let known = at.known
      return node.operands.flatMap((operand) => {
        const found = referencesOf(operand, { ...at, known, guarded: false })
        known = [...known, ...definedWhen(operand, node.operator === 'and', at)]
        return found
      })
    }
    case 'conditional':
      return [
        ...referencesOf(node.test, { ...at, guarded: false }),
        ...referencesOf(node.consequent, { ...at, known: [...at.known, ...definedWhen(node.test, true, at)] }),
        ...referencesOf(node.alternate, { ...at, known: [...at.known, ...definedWhen(node.test, false, at)] }),
      ]
    case 'generator': {
      const inner = { ...at, guarded: false, locals: new Set([...at.locals, ...node.targets]) }
      return [
        ...referencesOf(node.iterable, { ...at, guarded: false }),
        ...(node.condition ? referencesOf(node.condition, inner) : []),
        ...referencesOf(node.element, inner),
      ]
    }
  }
  // Guarding reaches through a path only: default(lower(x), y) still needs x.
  return childrenOf(node).flatMap((child) => referencesOf(child, { ...at, guarded: false }))
}

/** The paths that are there once this condition turned out `outcome`. */
export function definedWhen(node: Node, outcome: boolean, at: Circumstances): readonly string[] {
  if (node.type === 'not') return definedWhen(node.operand, !outcome, at)
  if (node.type === 'logical' && (node.operator === 'and') === outcome) {
    return node.operands.flatMap((operand) => definedWhen(operand, outcome, at))
  }
  if (node.type !== 'test' || !TESTS.get(node.test)?.absence) return []
  const asksForPresence = (node.test === 'defined') !== node.negated
  if (asksForPresence !== outcome) return []
  const { operand } = node
  const reference = operand.type === 'name' || operand.type === 'member' ? readPath(operand, at).reference : null
  return reference === null ? [] : [keyOf(reference)]
}

interface ReadPath {
  /** null: it begins at a loop variable or at a value that is no variable. */
  readonly reference: Reference | null
  /** Computed keys, and the value it begins at, if they are expressions of their own. */
  readonly dynamic: readonly Node[]
}

function readPath(node: NodeOf<'name'> | NodeOf<'member'>, at: Circumstances): ReadPath {
  const keys: Node[] = []
  let base: Node = node
  while (base.type === 'member') {
    keys.unshift(base.key)
    base = base.object
  }
  const dynamic = keys.filter((key) => key.type !== 'literal')
  if (base.type !== 'name') return { reference: null, dynamic: [base, ...dynamic] }
  if (at.locals.has(base.name)) return { reference: null, dynamic }
  const path: (string | number)[] = isNamespace(base.name) ? [] : [base.name]
  for (const key of keys) {
    if (key.type !== 'literal' || (typeof key.value !== 'string' && typeof key.value !== 'number')) break
    path.push(key.value)
  }
  const reference: Reference = {
    root: isNamespace(base.name) ? base.name : 'runtime',
    path,
    offset: node.offset,
    length: node.length,
    guarded: false,
  }
  const name = keyOf(reference)
  const guarded = at.guarded || at.known.some((known) => known === name || known.startsWith(`${name} `))
  return { reference: { ...reference, guarded }, dynamic }
}

/** A text that begins alike for paths that begin alike. */
function keyOf({ root, path }: Pick<Reference, 'root' | 'path'>): string {
  return [root, ...path.map((part) => JSON.stringify(part))].join(' ')
}
