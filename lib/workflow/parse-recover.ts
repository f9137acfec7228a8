import type { Document, YAMLError } from 'yaml'
import { composeTokens } from './compose.ts'
import type { SourcePath } from './diagnostics.ts'
import { tokenise } from './parse-limits.ts'

/** What the parser stumbled over in a part of a text, and where in the whole. */
export interface Broken {
  readonly path: SourcePath
  readonly error: Wrong
  readonly from: number
  readonly to: number
}

export type Wrong = Pick<YAMLError, 'code' | 'message' | 'pos'>

/** As the parser says it of a key alone, which it would take for a text where nothing stands around it. */
const NO_COLON: Wrong = {
  code: 'MISSING_CHAR',
  message: 'Implicit map keys need to be followed by map values',
  pos: [0, 1],
}

/** The same of a line that stands at another column than its neighbours. */
const ASTRAY: Wrong = { code: 'BAD_INDENT', message: 'All items must start at the same column', pos: [0, 1] }

export interface Recovered {
  /** Of the text with everything blanked that could not be read; all else keeps its place. */
  readonly document: Document.Parsed
  readonly broken: readonly Broken[]
}

/** Whatever else the parser says leaves the structure around it as it was written. */
const HARMLESS: ReadonlySet<YAMLError['code']> = new Set(['TAG_RESOLVE_FAILED', 'NON_STRING_KEY'])
/** Where a part stands badly among others, that is seen in the whole text only. */
const LAYOUT: ReadonlySet<YAMLError['code']> = new Set(['TAB_AS_INDENT', 'BAD_INDENT'])
/** Parts are composed on their own, some of them within others; past this many tokens in all, nothing is recovered. */
const MOST_TOKENS = 80_000
/** What one part costs beside its tokens, and what one error. */
const TOKENS_OF_PART = 3
const TOKENS_OF_ERROR = 6
/** A text with more broken parts is none that somebody wrote. */
const MOST_BROKEN = 200

export function isStructural(error: Wrong): boolean {
  return !HARMLESS.has(error.code)
}

/**
 * Finds the parts of a block text that are no YAML by themselves, the smallest there are, and blanks them: one open bracket
 * or a bad indentation shall not hide what else is wrong. null where no part can be told from the others.
 */
export function recover(text: string, errors: readonly Wrong[]): Recovered | null {
  const layout = errors.filter(({ code, message }) => LAYOUT.has(code) && !message.startsWith('Flow '))
  const spent = { left: MOST_TOKENS - errors.length * TOKENS_OF_ERROR }
  // Mostly it does to look at the smallest parts; only then at each level by itself, which costs as much again for every one.
  return attempt(text, { layout, spent, eachLevel: false }) ?? attempt(text, { layout, spent, eachLevel: true })
}

function attempt(text: string, how: Pick<State, 'layout' | 'spent' | 'eachLevel'>): Recovered | null {
  const state: State = { text, ...how, broken: [], blanks: [] }
  const healed = heal({ from: 0, to: text.length, indent: 0 }, [], state)
  if (!healed || state.broken.length === 0 || state.broken.some(({ path }) => path.length === 0)) return null
  const document = composed(blank(text, state.blanks), state)
  return document === null || document.errors.some(isStructural) ? null : { document, broken: state.broken }
}

interface State {
  readonly text: string
  readonly layout: readonly Wrong[]
  readonly spent: { left: number }
  /** Whether a part that has parts of its own is looked at by itself too. */
  readonly eachLevel: boolean
  readonly broken: Broken[]
  readonly blanks: Span[]
}

const isOver = ({ spent, broken }: State) => spent.left < 0 || broken.length > MOST_BROKEN

interface Span {
  readonly from: number
  readonly to: number
}

/** Lines that belong together; `indent` is the column of their entries. */
interface Region extends Span {
  readonly indent: number
}

/** One entry of a mapping or list in block style, with its lines. */
interface Entry extends Span {
  readonly key: string | number | null
  /** Where its key (or dash) ends, and the value begins. */
  readonly value: number
  /** The lines of its value, where these begin on the next line, or behind the dash. */
  readonly inner: Region | null
}

/** Blanks what is broken in a region; false where the region could not be told apart. */
function heal(region: Region, path: SourcePath, state: State): boolean {
  const before = state.broken.length
  const entries = entriesOf(region, state.text)
  for (const entry of entries) {
    if (isOver(state)) return false
    const place = [...path, entry.key ?? firstWord(entry, state.text)]
    if (!state.eachLevel && entry.inner !== null && isOfEntries(entry.inner, state.text)) {
      heal(entry.inner, place, state)
      continue
    }
    const wrong = errorIn(entry, state) ?? (entry.key === null ? NO_COLON : undefined)
    if (wrong === undefined) continue
    const healed = entry.inner !== null && heal(entry.inner, place, state)
    if (!healed) drop(entry, region.indent, place, wrong, state)
  }
  // What no entry is to blame for is wrong with the region: each is sound by itself, but not beside the others.
  if (state.broken.length === before && state.eachLevel) {
    const error = errorIn(region, state)
    if (error === undefined) return true
    tell(region, path, error, state)
    return false
  }
  if (!state.eachLevel) return true
  return entries.length > 0 && errorIn(region, state, blank(state.text, state.blanks)) === undefined
}

/** Not a text over several lines, for instance. */
function isOfEntries(region: Region, text: string): boolean {
  const entries = entriesOf(region, text)
  return entries.length > 0 && entries.every(({ key }) => key !== null)
}

/** Blanks an entry as far as needed: its first line stays if that can be read, else its key. */
function drop(entry: Entry, indent: number, path: SourcePath, error: Wrong, state: State): void {
  const stray = strayLines(entry, indent, state)
  if (stray !== null) {
    tell(stray, [...path.slice(0, -1), firstWord(stray, state.text)], ASTRAY, state)
    state.blanks.push(stray)
    const rest = { ...entry, to: stray.from }
    const wrong = errorIn(rest, state)
    if (wrong !== undefined) drop(rest, indent, path, wrong, state)
    return
  }
  tell(entry, path, error, state)
  if (entry.key === null) {
    state.blanks.push(entry)
    return
  }
  const firstLine = { from: entry.from, to: Math.min(endOfLine(state.text, entry.value), entry.to) }
  const keep = errorIn(firstLine, state) === undefined ? firstLine.to : entry.value
  state.blanks.push({ from: keep, to: entry.to })
}

/** Lines in an entry that stand to the left of it, or too far to the right below one that is complete on its line. */
function strayLines({ key, from, to, value }: Entry, indent: number, state: State): Span | null {
  const { text } = state
  const line = endOfLine(text, value)
  const lines = line < to ? linesOf({ from: line + 1, to }, text).filter(isContent(text)) : []
  const left = lines.find((each) => each.indent < indent)
  if (left !== undefined) return { from: left.from, to }
  const [below] = lines
  const isKey = below !== undefined && KEY.test(text.slice(below.from + below.indent, below.to))
  const isWhole =
    key !== null && text.slice(value, line).trim() !== '' && errorIn({ from, to: line }, state) === undefined
  return isKey && isWhole ? { from: below.from, to } : null
}

function tell(span: Span, path: SourcePath, error: Wrong, state: State): void {
  if (state.broken.some(({ from }) => from >= span.from && from < span.to)) return
  const layout = state.layout.find(({ pos: [at] }) => at >= span.from && at < span.to)
  if (layout !== undefined) {
    state.broken.push({ path, error: layout, from: layout.pos[0], to: layout.pos[1] })
    return
  }
  const part = state.text.slice(span.from, span.to)
  const [from, to] = error === NO_COLON || error === ASTRAY ? tokenOfLine(part) : tokenOf(error, part)
  state.broken.push({ path, error, from: span.from + from, to: span.from + to })
}

function firstWord({ from, to }: Span, text: string): string {
  return /[\w-]*\w/.exec(text.slice(from, to))?.[0] ?? ''
}

function tokenOfLine(text: string): [number, number] {
  const from = text.search(/[^\s-]/)
  const rest = text.slice(from).split('\n', 1)[0] ?? ''
  return [from, from + rest.trimEnd().length]
}

/** What begins in the middle of a line is composed at the column where it stands; its error counts from its begin. */
function errorIn({ from, to }: Span, state: State, text: string = state.text): Wrong | undefined {
  const column = from - (text.lastIndexOf('\n', from - 1) + 1)
  const error = composed(' '.repeat(column) + text.slice(from, to), state)?.errors.find(isStructural)
  if (error === undefined) return undefined
  const [start, end] = error.pos
  return { code: error.code, message: error.message, pos: [Math.max(0, start - column), Math.max(1, end - column)] }
}

/** The first document of a text; null where there is none, or nothing may be spent on it. */
function composed(text: string, { spent }: State): Document.Parsed | null {
  const cut = spent.left < 0 ? null : tokenise(text)
  if (!cut?.ok) return null
  spent.left -= cut.significant + TOKENS_OF_PART
  if (spent.left < 0) return null
  for (const document of composeTokens(cut.tokens, text.length)) {
    spent.left -= document.errors.length * TOKENS_OF_ERROR
    return document
  }
  return null
}

/** Of a bracket or quote that is never closed the parser tells where it gave up; people look for where it was opened. */
export function tokenOf({ message, pos }: Wrong, text: string): readonly [number, number] {
  const opened = message.startsWith('Flow ')
    ? openBracket(text.slice(0, pos[0]))
    : message.startsWith('Missing closing ')
      ? text.slice(0, pos[0]).search(/["'][^"']*$/)
      : -1
  return opened < 0 ? pos : [opened, opened + 1]
}

/** The innermost bracket that is open at the end; -1 where none is. */
function openBracket(text: string): number {
  const open: number[] = []
  for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|(?<=^|\s)#.*|[[\]{}]/gm)) {
    const [sign] = match
    if (sign === '[' || sign === '{') open.push(match.index)
    else if (sign === ']' || sign === '}') open.pop()
  }
  return open.at(-1) ?? -1
}

const KEY = /^(?:"[^"\n]*"|'[^'\n]*'|[^\s:#'"[\]{},&*!|>%@`-][^\n:#]*?)\s*:(?=\s|$)/

/** Cuts a region at the lines that stand at its own column. */
function entriesOf(region: Region, text: string): readonly Entry[] {
  const lines = linesOf(region, text).filter((line) => line.indent === region.indent && isContent(text)(line))
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
function linesOf({ from, to }: Span, text: string): readonly Line[] {
  const lines: Line[] = []
  for (let at = from; at < to; ) {
    const end = endOfLine(text, at)
    const start = text.lastIndexOf('\n', at - 1) + 1
    const indent = text.slice(at, end).search(/\S|$/) + (at - start)
    lines.push({ from: start, to: end, indent })
    at = end + 1
  }
  return lines
}

const isContent = (text: string) => (line: Line) =>
  line.to > line.from + line.indent && text[line.from + line.indent] !== '#'

function isDash(text: string, at: number): boolean {
  return text[at] === '-' && /\s|^$/.test(text[at + 1] ?? '')
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

/** In one go: a text may have many such spans. */
function blank(text: string, spans: readonly Span[]): string {
  const parts: string[] = []
  let at = 0
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    if (to <= at) continue
    const start = Math.max(at, from)
    parts.push(text.slice(at, start), text.slice(start, to).replaceAll(/[^\n]/g, ' '))
    at = to
  }
  return parts.join('') + text.slice(at)
}
