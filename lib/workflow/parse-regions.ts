export interface Span {
  readonly from: number
  readonly to: number
}

/** Lines that belong together; `indent` is the column of their entries. */
export interface Region extends Span {
  readonly indent: number
}

/** One entry of a mapping or list in block style, with its lines. */
export interface Entry extends Span {
  readonly key: string | number | null
  /** Where its key (or dash) ends, and the value begins. */
  readonly value: number
  /** The lines of its value, where these begin on the next line, or behind the dash. */
  readonly inner: Region | null
}

/** A key with its colon, as it begins a line. */
export const KEY = /^(?:"[^"\n]*"|'[^'\n]*'|[^\s:#'"[\]{},&*!|>%@`-][^\n:#]*?)\s*:(?=\s|$)/

/** Cuts a region at the lines that stand at its own column. */
export function entriesOf(region: Region, text: string): readonly Entry[] {
  const lines = linesOf(region, text).filter(
    (line) => line.indent === region.indent && isContent(text)(line) && !isClosing(text, line),
  )
  const dashes = lines[0] !== undefined && isDash(text, lines[0].from + region.indent)
  // A list may stand at the column of the key that it belongs to.
  const starts = dashes ? lines : lines.filter(({ from }) => !isDash(text, from + region.indent))
  let items = 0
  return starts.map(({ from }, i) => {
    const begin = i === 0 ? region.from : from
    const to = starts[i + 1]?.from ?? region.to
    const at = from + region.indent
    if (dashes) return isDash(text, at) ? itemAt(begin, at, to, items++, text) : { ...whole(begin, to), key: null }
    const key = KEY.exec(text.slice(at, endOfLine(text, at)))?.[0]
    return key === undefined ? { ...whole(begin, to), key: null } : pairAt(begin, at, to, key, text)
  })
}

const whole = (from: number, to: number) => ({ from, to, value: from, inner: null })

function itemAt(from: number, dash: number, to: number, key: number, text: string): Entry {
  const lineStart = text.lastIndexOf('\n', dash) + 1
  const content = /^-\s*/.exec(text.slice(dash, endOfLine(text, dash)))?.[0].length ?? 1
  const indent = dash - lineStart + content
  // What stands behind the dash begins in the middle of a line: the region counts its column from there.
  return { from, to, key, value: dash + 1, inner: { from: dash + content, to, indent } }
}

function pairAt(from: number, at: number, to: number, key: string, text: string): Entry {
  const value = at + key.length
  const line = endOfLine(text, at)
  const rest = text
    .slice(value, line)
    .replace(/\s#.*$/, '')
    .trim()
  const below = line + 1
  const first = rest === '' && below < to ? linesOf({ from: below, to }, text).find(isContent(text)) : undefined
  const inner = first === undefined ? null : { from: below, to, indent: first.indent }
  return { from, to, key: key.replace(/\s*:$/, '').replace(/^(["'])(.*)\1$/, '$2'), value, inner }
}

interface Line extends Span {
  readonly indent: number
}

/** The lines of a span; the first may begin in the middle of one and then stands at the column where it begins. */
export function linesOf({ from, to }: Span, text: string): readonly Line[] {
  const lines: Line[] = []
  for (let at = from; at < to; ) {
    const end = endOfLine(text, at)
    const start = startOfLine(text, at)
    const indent = text.slice(at, end).search(/\S|$/) + (at - start)
    lines.push({ from: start, to: end, indent })
    at = end + 1
  }
  return lines
}

export const isContent = (text: string) => (line: Line) =>
  line.to > line.from + line.indent && text[line.from + line.indent] !== '#'

/** The bracket of a list or mapping that began further up. */
function isClosing(text: string, { from, indent }: Line): boolean {
  return /[\]},]/.test(text[from + indent] ?? '')
}

function isDash(text: string, at: number): boolean {
  return text[at] === '-' && /\s|^$/.test(text[at + 1] ?? '')
}

/** Looked for from -1, a line break at the very beginning would be found. */
export function startOfLine(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1
}

export function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}
