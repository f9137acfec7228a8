import { type Document, isMap, isScalar, isSeq, type Node, type Pair, type ParsedNode, type Scalar } from 'yaml'
import { isJsonObject, type Json } from '../json.ts'
import type { Cure, Fix, SourcePath } from './diagnostics.ts'
import { findNode } from './parse-locate.ts'
import { startOfLine } from './parse-regions.ts'
import type { Range } from './positions.ts'

/** Turns a cure in terms of values into edits of the author's text; undefined where none is sure to be right. */
export type Cures = (path: SourcePath, cure: Cure) => Fix | undefined

export function createCures(text: string, doc: Document.Parsed, positions: (from: number, to: number) => Range): Cures {
  const fix = (title: string, from: number, to: number, newText: string): Fix => ({
    title,
    edits: [{ ...positions(from, to), newText }],
  })
  return (path, cure) => {
    const { key, node, exact, around } = findNode(doc, path)
    if (!exact) return undefined
    if (cure === 'remove') {
      const span = removal(text, key, node, around)
      return span && fix(`Remove ${String(path.at(-1))}`, span.from, span.to, span.newText)
    }
    if (cure !== 'quote' && 'rename' in cure) {
      if (!key?.range || !isMap<Scalar>(around) || around.has(cure.rename)) return undefined
      const [from, to] = key.range
      return fix(`Change to ${cure.rename}`, from, to, scalarText(cure.rename, key, false))
    }
    if (!isScalar(node) || !node.range || node.anchor !== undefined || node.tag !== undefined) return undefined
    const [from, to] = node.range
    if (text.slice(from, to).includes('\n') || from === to) return undefined
    if (cure === 'quote') return fix('Put it in quotes', from, to, JSON.stringify(text.slice(from, to)))
    return fix(`Change to ${shown(cure.put)}`, from, to, writtenValue(cure.put, node, isFlow(around)))
  }
}

function shown(value: Json): string {
  return typeof value === 'string' ? value : inBraces(value, false)
}

/** A value as it can stand in place of a scalar: a text in the quotes of the old one. */
function writtenValue(value: Json, old: Scalar, flow: boolean): string {
  return typeof value === 'string' ? scalarText(value, old, flow) : inBraces(value, old.type === 'QUOTE_DOUBLE')
}

/** A value on one line, its texts in quotes where they need them, or where they are `quoted` around it. */
function inBraces(value: Json, quoted: boolean): string {
  if (typeof value === 'string') return quoted || !isPlain(value) ? JSON.stringify(value) : value
  if (Array.isArray(value)) return `[${value.map((item: Json) => inBraces(item, quoted)).join(', ')}]`
  if (!isJsonObject(value)) return JSON.stringify(value)
  const entries = Object.entries(value).map(([key, item]) => `${inBraces(key, quoted)}: ${inBraces(item, quoted)}`)
  return `{${entries.join(', ')}}`
}

/** Plain text that means itself wherever it stands. */
const PLAIN = /^[A-Za-z_][\w./@-]*$/
const WORDS: ReadonlySet<string> = new Set(['true', 'false', 'null', 'True', 'False', 'Null', 'TRUE', 'FALSE', 'NULL'])

function isPlain(value: string): boolean {
  return PLAIN.test(value) && !WORDS.has(value)
}

function scalarText(value: string, old: Scalar, flow: boolean): string {
  if (old.type === 'QUOTE_SINGLE') return `'${value.replaceAll("'", "''")}'`
  if (old.type === 'QUOTE_DOUBLE') return JSON.stringify(value)
  return isPlain(value) || (!flow && /^https?:\/\/[^\s#]+$/.test(value)) ? value : JSON.stringify(value)
}

function isFlow(around: Node | null): boolean {
  return (isMap(around) || isSeq(around)) && around.flow === true
}

interface Removal {
  readonly from: number
  readonly to: number
  readonly newText: string
}

/** What to delete so that an entry is gone and all beside it stays as it is. */
function removal(text: string, key: Scalar | null, node: Node | null, around: Node | null): Removal | undefined {
  const first = key ?? node
  const last = node ?? key
  if (!first?.range || !last?.range || !(isMap(around) || isSeq(around)) || around.items.length < 2) return undefined
  const from = first.range[0]
  const to = Math.max(from, last.range[1])
  if (around.flow) return inFlow(text, from, to)
  return isMap<Scalar, ParsedNode | null>(around) ? ofBlock(text, from, to, around.items[0] ?? null, key) : undefined
}

function inFlow(text: string, from: number, to: number): Removal | undefined {
  const after = /^\s*,[ \t]*/.exec(text.slice(to))?.[0]
  if (after !== undefined) return { from, to: to + after.length, newText: '' }
  const before = /,\s*$/.exec(text.slice(0, from))?.[0]
  return before === undefined ? undefined : { from: from - before.length, to, newText: '' }
}

function ofBlock(
  text: string,
  from: number,
  to: number,
  firstOfAll: Pair<Scalar, ParsedNode | null> | null,
  key: Scalar | null,
): Removal | undefined {
  // The first key may share its line with a dash.
  if (firstOfAll?.key === key) return undefined
  const start = startOfLine(text, from)
  const end = text[to - 1] === '\n' ? to : lineEnd(text, to)
  const rest = text.slice(to, end)
  // A comment behind it is the author's, and stays.
  if (rest.trim().startsWith('#')) return { from, to: to + rest.search(/#/), newText: '' }
  return rest.trim() === '' ? { from: start, to: Math.max(end, to), newText: '' } : undefined
}

/** Behind the line end that follows. */
function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end + 1
}
