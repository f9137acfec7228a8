import type { Document, YAMLError } from 'yaml'
import { composeTokens } from './compose.ts'
import type { SourcePath } from './diagnostics.ts'
import { tokenise } from './parse-limits.ts'
import {
  type Entry,
  endOfLine,
  entriesOf,
  isContent,
  KEY,
  linesOf,
  type Region,
  type Span,
  startOfLine,
} from './parse-regions.ts'

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
const MOST_TOKENS = 66_000
/** Merely cutting a longer text into tokens takes most of the time there is; 500 steps are shorter. */
const MOST_CHARACTERS = 160 * 1024
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
  if (text.length > MOST_CHARACTERS) return null
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
    const healed = entry.inner !== null && hasEntries(entry.inner, state.text) && heal(entry.inner, place, state)
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

function hasEntries(region: Region, text: string): boolean {
  return entriesOf(region, text).some(({ key }) => key !== null)
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

/** Most lines are such, and have nothing in them to stumble over. */
const PLAIN = /^ *(?:- )?[A-Za-z_]\w*: \w[\w .,/-]*\n?$/

/** What begins in the middle of a line is composed at the column where it stands; its error counts from its begin. */
function errorIn({ from, to }: Span, state: State, text: string = state.text): Wrong | undefined {
  if (PLAIN.test(text.slice(from, to))) return undefined
  const column = from - startOfLine(text, from)
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
  const document = composeTokens(cut.tokens, text.length)[0] ?? null
  if (document !== null) spent.left -= document.errors.length * TOKENS_OF_ERROR
  return document
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
