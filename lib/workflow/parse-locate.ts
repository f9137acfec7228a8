import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type ParsedNode,
  type Scalar,
} from 'yaml'
import type { SourcePath, TextEdit } from './diagnostics.ts'
import { alignScalar } from './parse-scalar.ts'
import type { Range } from './positions.ts'

/** The way back from a value to its place in the text. Paths that lead nowhere answer with the nearest thing around. */
export interface Locator {
  /** Where a value stands, or the key it stands under. A list or mapping answers with its first token. */
  locate(path: SourcePath, part?: 'key' | 'value'): Range
  /** A part of a text value, by offset into the value; the whole value where it cannot be told. */
  within(path: SourcePath, offset: number, length: number): Range
  /** An edit of such a part, quoted as the text around it is; null where the part cannot be told. */
  edit(path: SourcePath, offset: number, length: number, text: string): TextEdit | null
  /** An edit that adds an entry to a mapping, right behind its entry `after`; null where it cannot be done safely. */
  addEntry(mapping: SourcePath, after: string, key: string, value: string): TextEdit | null
}

export function createLocator(
  text: string,
  doc: Document.Parsed,
  positions: (from: number, to: number) => Range,
): Locator {
  const walk = (path: SourcePath): Found => findNode(doc, path)
  // One text may hold thousands of places that are asked for.
  const aligned = new Map<Scalar, readonly number[] | null>()
  const align = (node: Scalar, value: string, from: number, to: number) => {
    const known = aligned.get(node)
    if (known !== undefined) return known
    const offsets = alignScalar(value, text.slice(from, to), node.type)
    aligned.set(node, offsets)
    return offsets
  }
  const part = (path: SourcePath, offset: number, length: number) => {
    const { node, exact } = walk(path)
    if (!exact || !isScalar(node) || typeof node.value !== 'string' || !node.range) return null
    const [from, to] = node.range
    const offsets = align(node, node.value, from, to)
    const start = offsets?.[offset]
    const end = offsets?.[offset + length]
    if (start === undefined || end === undefined) return null
    return { node, from: from + start, to: from + Math.max(end, start) }
  }
  const locate = (path: SourcePath, part: 'key' | 'value' = 'value'): Range => {
    const { key, node, exact } = walk(path)
    const offsets = part === 'key' && key ? rangeOf(key) : token(text, key, node, exact)
    return positions(...offsets)
  }
  return {
    locate,
    within(path, offset, length) {
      const found = part(path, offset, length)
      return found ? positions(found.from, Math.max(found.to, found.from + 1)) : locate(path)
    },
    edit(path, offset, length, newText) {
      const found = part(path, offset, length)
      if (found === null) return null
      const { node, from, to } = found
      if (node.type !== 'PLAIN' || !NEEDS_QUOTES.test(newText))
        return { ...positions(from, to), newText: quoteLike(node, newText) }
      const value = String(node.value)
      const whole = value.slice(0, offset) + newText + value.slice(offset + length)
      return { ...positions(...rangeOf(node)), newText: JSON.stringify(whole) }
    },
    addEntry(mapping, after, key, value) {
      const { node, exact } = walk(mapping)
      if (!exact || !isMap<Scalar, ParsedNode | null>(node)) return null
      const pair = node.items.find((item) => item.key.value === after)
      // Behind a value of several lines there is no place that is right in every style.
      if (!pair || !isScalar(pair.value) || pair.value.type === 'BLOCK_LITERAL' || pair.value.type === 'BLOCK_FOLDED')
        return null
      const [start] = rangeOf(pair.key)
      const [, valueEnd] = rangeOf(pair.value)
      // A comment on that line stays with what it is about.
      const end = node.flow ? valueEnd : valueEnd + (/^[ \t]*#[^\r\n]*/.exec(text.slice(valueEnd))?.[0].length ?? 0)
      const place = positions(end, end)
      const indent = ' '.repeat(positions(start, start).column - 1)
      const quoted = text[start] === '"'
      const entry = quoted
        ? `${JSON.stringify(key)}: ${value === 'null' ? value : JSON.stringify(value)}`
        : `${key}: ${value}`
      return { ...place, newText: node.flow ? `, ${entry}` : `\n${indent}${entry}` }
    },
  }
}

/** Signs that may end a plain text in some context, or make it something else. */
const NEEDS_QUOTES = /[[\]{},#]|: |^["'&*!|>%@`?-]/

function quoteLike(node: Scalar, text: string): string {
  if (node.type === 'QUOTE_SINGLE') return text.replaceAll("'", "''")
  return node.type === 'QUOTE_DOUBLE' ? JSON.stringify(text).slice(1, -1) : text
}

export interface Found {
  /** The key under which the node stands, if it stands in a mapping. */
  readonly key: Scalar | null
  readonly node: Node | null
  /** What it stands in. */
  readonly around: Node | null
  /** False when the path went on where the document does not. */
  readonly exact: boolean
}

export function findNode(doc: Document.Parsed, path: SourcePath): Found {
  let found: Found = { key: null, node: doc.contents, around: null, exact: true }
  for (const part of path) {
    const inside = isAlias(found.node) ? (found.node.resolve(doc) ?? null) : found.node
    const next = child(inside, part)
    if (next === undefined) return { ...found, exact: false }
    found = { ...next, around: inside, exact: true }
  }
  return found
}

function child(node: Node | null, part: string | number): Pick<Found, 'key' | 'node'> | undefined {
  if (isSeq<ParsedNode>(node)) {
    const item = typeof part === 'number' ? node.items[part] : undefined
    return item === undefined ? undefined : { key: null, node: item }
  }
  if (!isMap<Scalar, ParsedNode | null>(node)) return undefined
  const pair: Pair<Scalar, ParsedNode | null> | undefined = node.items.find(({ key }) => key.value === part)
  return pair && { key: pair.key, node: pair.value }
}

/** The offending token of a value: all of a scalar, the first sign of a collection. */
function token(text: string, key: Scalar | null, node: Node | null, exact: boolean): readonly [number, number] {
  if (node === null) return key ? rangeOf(key) : [0, 1]
  const [from, to] = rangeOf(node)
  if (isScalar(node) || isAlias(node)) return from === to && key ? rangeOf(key) : [from, to]
  if (key && exact) return rangeOf(key)
  if (isMap<Scalar>(node) && !node.flow && node.items[0]) return rangeOf(node.items[0].key)
  return [from, text.slice(from, to).includes('\n') ? from + 1 : to]
}

function rangeOf(node: Node): readonly [number, number] {
  return node.range ? [node.range[0], node.range[1]] : [0, 1]
}
