import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type ParsedNode, type Scalar } from 'yaml'
import { type Json, PROTOTYPE_KEYS } from '../json.ts'
import type { SourcePath } from './diagnostics.ts'
import { LIMITS } from './parse-limits.ts'

/** Called with the offsets of the offending token. */
export type Report = (problem: {
  readonly code: string
  readonly message: string
  readonly path: SourcePath
  readonly from: number
  readonly to: number
  readonly hint?: string
}) => void

/**
 * Turns a composed document into plain JSON. Aliases are resolved here and counted by what they produce, so that a short
 * text cannot become a large value; a limit that is passed ends the conversion.
 */
export function toData(doc: Document.Parsed, report: Report): Json | undefined {
  const state: Conversion = { report, anchors: new Map(), open: new Set(), nodes: 0, characters: 0 }
  try {
    return convert(doc.contents, [], 0, state)
  } catch (error) {
    // One way out of a deep recursion; it was reported where it was found.
    if (error instanceof LimitPassed) return undefined
    throw error
  }
}

interface Conversion {
  readonly report: Report
  readonly anchors: Map<string, Node>
  /** Anchored nodes around the present one: an alias to one of these never ends. */
  readonly open: Set<Node>
  nodes: number
  characters: number
}

class LimitPassed extends Error {}

function convert(node: Node | null, path: SourcePath, depth: number, state: Conversion): Json {
  if (node === null) return null
  count(node, path, depth, state)
  if (isAlias(node)) return follow(node, path, depth, state)
  const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined
  if (anchor !== undefined) state.anchors.set(anchor, node)
  if (isScalar(node)) return scalar(node, path, state)
  if (isSeq<ParsedNode>(node)) {
    state.open.add(node)
    const items = node.items.map((item, i) => convert(item, [...path, i], depth + 1, state))
    state.open.delete(node)
    return items
  }
  if (!isMap<Scalar<string>, ParsedNode | null>(node)) return null
  state.open.add(node)
  const object: Record<string, Json> = {}
  for (const { key, value } of node.items) {
    const name = String(key.value)
    count(key, path, depth, state)
    if (!keyProblem(key, name, Object.hasOwn(object, name), [...path, name], state)) {
      object[name] = convert(value, [...path, name], depth + 1, state)
    }
  }
  state.open.delete(node)
  return object
}

function count(node: Node, path: SourcePath, depth: number, state: Conversion): void {
  state.nodes += 1
  if (isScalar(node) && typeof node.value === 'string') state.characters += node.value.length
  const fail = (code: string, message: string) => {
    tell(state, node, code, message, path)
    throw new LimitPassed()
  }
  if (depth > LIMITS.depth)
    fail('yaml.too_deep', `This is nested more than ${LIMITS.depth} levels deep. Write it flatter.`)
  if (state.nodes > LIMITS.nodes) {
    fail(
      'yaml.too_many_nodes',
      `The file has more than ${LIMITS.nodes.toLocaleString('en')} values. Split the workflow.`,
    )
  }
  if (state.characters > LIMITS.characters) {
    fail('yaml.too_large', 'With its aliases written out, the text is larger than 256 KiB. Use fewer aliases.')
  }
}

function follow(node: Node & { source: string }, path: SourcePath, depth: number, state: Conversion): Json {
  const target = state.anchors.get(node.source)
  if (target === undefined) {
    tell(
      state,
      node,
      'yaml.unknown_alias',
      `No anchor &${node.source} stands before this alias. Add one, or write the value here.`,
      path,
    )
    return null
  }
  if (state.open.has(target)) {
    tell(
      state,
      node,
      'yaml.circular_alias',
      `*${node.source} stands inside what it names, so it never ends. Write the value out.`,
      path,
    )
    throw new LimitPassed()
  }
  return convert(target, path, depth, state)
}

function keyProblem(key: Scalar, name: string, twice: boolean, path: SourcePath, state: Conversion): boolean {
  if (PROTOTYPE_KEYS.has(name)) {
    tell(state, key, 'yaml.reserved_key', `The key ${name} is reserved. Choose another name.`, path)
    return true
  }
  if (twice) {
    tell(state, key, 'yaml.duplicate_key', `The key ${name} stands here twice. Keep one of them.`, path)
    return true
  }
  return false
}

function scalar(node: Scalar, path: SourcePath, state: Conversion): Json {
  const { value } = node
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) {
      tell(state, node, 'yaml.not_json', 'Infinite numbers and NaN have no place in JSON. Write a finite number.', path)
    } else if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
      const message = 'This integer is too large to be kept exactly. Put it in quotes to keep it as text.'
      tell(state, node, 'yaml.number_too_large', message, path)
    }
    return value
  }
  if (typeof value !== 'string') {
    tell(state, node, 'yaml.not_json', 'This is no JSON value. Write text, a number, true, false or null.', path)
    return null
  }
  if (value.includes('\0') || !value.isWellFormed()) {
    const message = 'This text contains a character that cannot be stored (NUL or half a surrogate pair). Remove it.'
    tell(state, node, 'yaml.bad_character', message, path)
  }
  return value
}

function tell(state: Conversion, node: Node, code: string, message: string, path: SourcePath): void {
  const [from, to] = node.range ?? [0, 0]
  state.report({ code, message, path, from, to })
}
