import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type ParsedNode, type Scalar } from 'yaml'
import { type Json, PROTOTYPE_KEYS } from '../json.ts'
import { isStorable } from '../storable.ts'
import type { DiagnosticCode } from './diagnostic-codes.ts'
import type { SourcePath } from './diagnostics.ts'
import { LIMITS } from './parse-limits.ts'

/** Called with the offsets of the offending token. */
export type Report = (problem: TextProblem) => void

export interface TextProblem {
  readonly code: DiagnosticCode
  readonly message: string
  readonly path: SourcePath
  readonly from: number
  readonly to: number
  /** Quotes around this part would cure it. */
  readonly quote?: { readonly from: number; readonly to: number; readonly newText: string } | undefined
}

export interface Data {
  readonly value: Json
  /** What has no value that JSON could hold; null stands there. */
  readonly broken: readonly SourcePath[]
}

/**
 * Turns a composed document into plain JSON. Aliases are counted by what they produce, so that a short text cannot become
 * a large value; what an anchor names is converted once and shared. A limit that is passed ends the conversion.
 */
export function toData(doc: Document.Parsed, report: Report): Data | null {
  const state: Conversion = { report, broken: [], anchors: new Map(), open: new Set(), nodes: 0, characters: 0 }
  try {
    return { value: convert(doc.contents, null, 0, state).value, broken: state.broken }
  } catch (error) {
    // One way out of a deep recursion; it was reported where it was found.
    if (error instanceof LimitPassed) return null
    throw error
  }
}

interface Conversion {
  readonly report: Report
  readonly broken: SourcePath[]
  readonly anchors: Map<string, Converted>
  /** Anchors around the present node: an alias to one of these never ends. */
  readonly open: Set<string>
  nodes: number
  characters: number
}

/** A value with what it costs each time it is used. */
interface Converted {
  readonly value: Json
  readonly nodes: number
  readonly characters: number
  /** Levels below it. */
  readonly height: number
}

/** The way to a node, from its end: written out only where something is wrong, which is nearly nowhere. */
type Way = { readonly within: Way; readonly part: string | number } | null

function pathOf(way: Way): SourcePath {
  const parts: (string | number)[] = []
  for (let at = way; at !== null; at = at.within) parts.push(at.part)
  return parts.reverse()
}

class LimitPassed extends Error {}

const NOTHING: Converted = { value: null, nodes: 1, characters: 0, height: 0 }

function convert(node: Node | null, way: Way, depth: number, state: Conversion): Converted {
  if (node === null) return NOTHING
  if (isAlias(node)) return follow(node, way, depth, state)
  spend(node, { ...NOTHING, characters: textLength(node) }, way, depth, state)
  const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined
  const before = { nodes: state.nodes - 1, characters: state.characters - textLength(node) }
  if (anchor !== undefined) state.open.add(anchor)
  const { value, height } = content(node, way, depth, state)
  const nodes = state.nodes - before.nodes
  const converted = { value, nodes, characters: state.characters - before.characters, height }
  if (anchor !== undefined) {
    state.open.delete(anchor)
    state.anchors.set(anchor, converted)
  }
  return converted
}

function content(node: Node, way: Way, depth: number, state: Conversion): Pick<Converted, 'value' | 'height'> {
  if (isScalar(node)) return { value: scalar(node, way, state), height: 0 }
  let height = 0
  const inside = (child: Node | null, part: string | number): Json => {
    const converted = convert(child, { within: way, part }, depth + 1, state)
    height = Math.max(height, converted.height + 1)
    return converted.value
  }
  if (isSeq<ParsedNode>(node)) {
    const value = node.items.map((item, i) => inside(item, i))
    return { value, height }
  }
  if (!isMap<Scalar, ParsedNode | null>(node)) return { value: null, height }
  const value: Record<string, Json> = {}
  const named = node.items.filter(({ key }) => isScalar(key))
  // Whoever composed it has told of a key that is no text. Braces without quotes leave nothing else.
  if (named.length === 0 && node.items.length > 0) state.broken.push(pathOf(way))
  for (const { key, value: child } of named) {
    const name = String(key.value)
    spend(key, { ...NOTHING, characters: name.length }, way, depth, state)
    const place = { within: way, part: name }
    if (isUsableKey(key, name, Object.hasOwn(value, name), place, state)) value[name] = inside(child, name)
    else if (!Object.hasOwn(value, name)) state.broken.push(pathOf(place))
  }
  return { value, height }
}

function textLength(node: Node): number {
  return isScalar(node) && typeof node.value === 'string' ? node.value.length : 0
}

function spend(node: Node, cost: Converted, way: Way, depth: number, state: Conversion): void {
  state.nodes += cost.nodes
  state.characters += cost.characters
  const stop = (code: DiagnosticCode, message: string) => {
    tell(state, node, code, message, way)
    throw new LimitPassed()
  }
  if (depth + cost.height > LIMITS.depth) {
    stop('yaml.too_deep', `This is nested more than ${LIMITS.depth} levels deep. Write it flatter.`)
  }
  if (state.nodes > LIMITS.nodes) {
    stop(
      'yaml.too_many_nodes',
      `The file has more than ${LIMITS.nodes.toLocaleString('en')} values. Split the workflow.`,
    )
  }
  if (state.characters > LIMITS.characters) {
    stop('yaml.too_large', 'With its aliases written out, the text is larger than 256 KiB. Use fewer aliases.')
  }
}

function follow(node: Node & { source: string }, way: Way, depth: number, state: Conversion): Converted {
  if (state.open.has(node.source)) {
    const message = `*${node.source} stands inside what it names, so it never ends. Write the value out.`
    return nothing(node, 'yaml.circular_alias', message, way, state)
  }
  const target = state.anchors.get(node.source)
  if (target === undefined) {
    const message = `No anchor &${node.source} stands before this alias. Add one, or write the value here.`
    return nothing(node, 'yaml.unknown_alias', message, way, state)
  }
  spend(node, target, way, depth, state)
  return target
}

function nothing(node: Node, code: DiagnosticCode, message: string, way: Way, state: Conversion): Converted {
  tell(state, node, code, message, way)
  state.broken.push(pathOf(way))
  return NOTHING
}

function isUsableKey(key: Scalar, name: string, twice: boolean, way: Way, state: Conversion): boolean {
  if (PROTOTYPE_KEYS.has(name)) {
    tell(state, key, 'yaml.reserved_key', `The key ${name} is reserved. Choose another name.`, way)
  } else if (twice) {
    tell(state, key, 'yaml.duplicate_key', `The key ${name} stands here twice. Keep one of them.`, way)
  } else if (!isStorable(name)) {
    tell(state, key, 'yaml.bad_character', UNSTORABLE, way)
  } else {
    return true
  }
  return false
}

export const UNSTORABLE =
  'This text has a character that cannot be stored (NUL, or half of a surrogate pair). Remove it.'

function scalar(node: Scalar, way: Way, state: Conversion): Json {
  const { value } = node
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) {
      const message = 'Infinite numbers and NaN have no place in JSON. Write a finite number, or text in quotes.'
      tell(state, node, 'yaml.not_json', message, way)
      state.broken.push(pathOf(way))
      return null
    }
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
      const message = 'This integer is too large to be kept exactly. Put it in quotes to keep it as text.'
      tell(state, node, 'yaml.number_too_large', message, way)
    }
    return value
  }
  const text = String(value)
  if (!isStorable(text)) {
    tell(state, node, 'yaml.bad_character', UNSTORABLE, way)
    state.broken.push(pathOf(way))
  }
  return text
}

function tell(state: Conversion, node: Node, code: DiagnosticCode, message: string, way: Way): void {
  const [from, to] = node.range ?? [0, 0]
  state.report({ code, message, path: pathOf(way), from, to })
}
