import { diffLines, diffWordsWithSpace } from 'diff'

/** A stretch of a line; `marked` is what differs from the other text. */
export interface Part {
  readonly text: string
  readonly marked: boolean
}

export interface Side {
  /** From 1. */
  readonly line: number
  readonly parts: readonly Part[]
}

export type DiffRow =
  | { readonly kind: 'same'; readonly before: Side; readonly after: Side }
  /** At least one side is there; both where a line was changed. `first` begins a block of changes. */
  | { readonly kind: 'changed'; readonly before: Side | null; readonly after: Side | null; readonly first: boolean }

/** Unchanged rows between changes are folded, but for so many at each end. */
const CONTEXT = 3
/** What a fold must hide at least to be worth a click. */
const WORTH = 4
/** More differing lines than this are not compared one by one. */
const MOST_EDITS = 1_500

export type Stretch =
  | { readonly kind: 'shown'; readonly rows: readonly DiffRow[] }
  /** Unchanged rows out of sight; `from` is the index of the first one. */
  | { readonly kind: 'folded'; readonly from: number; readonly rows: readonly DiffRow[] }

/** Two texts line by line, as they stand beside each other. */
export function diffRows(before: string, after: string): readonly DiffRow[] {
  const rows: DiffRow[] = []
  let oldLine = 0
  let newLine = 0
  let removed: string[] = []
  let added: string[] = []
  const flush = () => {
    const length = Math.max(removed.length, added.length)
    for (let i = 0; i < length; i++) {
      const [left, right] = words(removed[i], added[i])
      rows.push({
        kind: 'changed',
        before: left && { line: ++oldLine, parts: left },
        after: right && { line: ++newLine, parts: right },
        first: i === 0,
      })
    }
    removed = []
    added = []
  }
  for (const change of changes(before, after)) {
    const lines = linesOf(change.value)
    if (change.removed) removed.push(...lines)
    else if (change.added) added.push(...lines)
    else {
      flush()
      for (const text of lines) {
        const parts = [{ text, marked: false }]
        rows.push({ kind: 'same', before: { line: ++oldLine, parts }, after: { line: ++newLine, parts } })
      }
    }
  }
  flush()
  return rows
}

/** The rows with unchanged stretches folded, but for those that were opened. */
export function foldRows(rows: readonly DiffRow[], opened: ReadonlySet<number>): readonly Stretch[] {
  const near = rows.map(() => false)
  for (const [i, row] of rows.entries()) {
    if (row.kind === 'same') continue
    for (let at = Math.max(0, i - CONTEXT); at <= Math.min(rows.length - 1, i + CONTEXT); at++) near[at] = true
  }
  const stretches: Stretch[] = []
  for (let at = 0; at < rows.length; ) {
    let end = at
    while (end < rows.length && near[end] === near[at]) end++
    const part = rows.slice(at, end)
    const hide = near[at] !== true && part.length >= WORTH && !opened.has(at)
    stretches.push(hide ? { kind: 'folded', from: at, rows: part } : { kind: 'shown', rows: part })
    at = end
  }
  return stretches
}

/** How many lines were taken away and put in. */
export function tally(rows: readonly DiffRow[]): { readonly added: number; readonly removed: number } {
  const changed = rows.filter((row) => row.kind === 'changed')
  return {
    added: changed.filter(({ after }) => after !== null).length,
    removed: changed.filter(({ before }) => before !== null).length,
  }
}

function changes(before: string, after: string) {
  const options = { maxEditLength: MOST_EDITS }
  return (
    diffLines(ended(before), ended(after), options) ?? [
      { value: ended(before), removed: true, added: false },
      { value: ended(after), removed: false, added: true },
    ]
  )
}

/** A last line without its end would differ from the same one with it. */
function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}

function linesOf(text: string): readonly string[] {
  return text.replace(/\n$/, '').split('\n')
}

/** Marks the words that differ, unless the lines have so little in common that marks would only be noise. */
function words(
  before: string | undefined,
  after: string | undefined,
): [readonly Part[] | null, readonly Part[] | null] {
  const whole = (text: string | undefined) => (text === undefined ? null : [{ text, marked: false }])
  if (before === undefined || after === undefined) return [whole(before), whole(after)]
  const parts = diffWordsWithSpace(before, after, { maxEditLength: 200 })
  if (parts === undefined) return [whole(before), whole(after)]
  const kept = parts.reduce((sum, { added, removed, value }) => sum + (added || removed ? 0 : value.trim().length), 0)
  if (kept * 3 < Math.max(before.trim().length, after.trim().length)) return [whole(before), whole(after)]
  return [
    parts.filter(({ added }) => !added).map(({ value, removed }) => ({ text: value, marked: removed === true })),
    parts.filter(({ removed }) => !removed).map(({ value, added }) => ({ text: value, marked: added === true })),
  ]
}
