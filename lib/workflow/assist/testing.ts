import { stepCatalog } from '#lib/steps/definitions.ts'
import type { KnownSettings } from '../validate-settings.ts'
import { complete } from './complete.ts'
import { type HoverText, hover } from './hover.ts'

/** A text with `|` where the cursor is; what should stand there as itself is written `\|`. */
function cursor(marked: string): { readonly text: string; readonly line: number; readonly column: number } {
  const at = marked.search(/(?<!\\)\|/)
  const before = marked.slice(0, at).replaceAll('\\|', '|')
  const line = before.split('\n')
  return {
    text: before + marked.slice(at + 1).replaceAll('\\|', '|'),
    line: line.length,
    column: (line.at(-1)?.length ?? 0) + 1,
  }
}

export function completions(marked: string, known: KnownSettings = {}) {
  const { text, line, column } = cursor(marked)
  return complete(text, line, column, stepCatalog, known)
}

/** The labels that still fit what is written in front of the cursor, as an editor narrows them down. */
export function labels(marked: string, known: KnownSettings = {}): readonly string[] {
  const { text, line, column } = cursor(marked)
  const row = text.split('\n')[line - 1] ?? ''
  return complete(text, line, column, stepCatalog, known)
    .filter(({ range, label, filter }) => (filter ?? label).startsWith(row.slice(range.column - 1, column - 1)))
    .map(({ label }) => label)
}

/** The text after the item of this label was taken; a snippet's cursor is shown as `|`. */
export function taken(marked: string, label: string, known: KnownSettings = {}): string {
  const { text, line, column } = cursor(marked)
  const item = complete(text, line, column, stepCatalog, known).find((one) => one.label === label)
  if (!item) throw new Error(`${label} is not offered`)
  const rows = text.split('\n')
  const row = rows[item.range.line - 1] ?? ''
  const indent = /^ */.exec(row)?.[0] ?? ''
  const insert = item.insert.replaceAll('\n', `\n${indent}`).replace('$0', '|')
  rows[item.range.line - 1] = row.slice(0, item.range.column - 1) + insert + row.slice(item.range.endColumn - 1)
  return rows.join('\n')
}

export function hoverAt(marked: string): HoverText | null {
  const { text, line, column } = cursor(marked)
  return hover(text, line, column, stepCatalog)
}
