import { stepCatalog } from '#lib/steps/definitions.ts'
import type { TextEdit } from '../diagnostics.ts'
import type { Range } from '../positions.ts'
import type { KnownSettings } from '../validate-settings.ts'
import { complete } from './complete.ts'
import { type HoverText, hover } from './hover.ts'
import { definitionAt, referencesAt } from './navigate.ts'
import { renameAt } from './rename.ts'

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
  return complete({ text, line, column }, { catalog: stepCatalog, known })
}

/** The labels that still fit what is written in front of the cursor, as an editor narrows them down. */
export function labels(marked: string, known: KnownSettings = {}): readonly string[] {
  const { text, line, column } = cursor(marked)
  const row = text.split('\n')[line - 1] ?? ''
  return complete({ text, line, column }, { catalog: stepCatalog, known })
    .filter(({ range, label, filter }) => (filter ?? label).startsWith(row.slice(range.column - 1, column - 1)))
    .map(({ label }) => label)
}

/** The text after the item of this label was taken; a snippet's cursor is shown as `|`. */
export function taken(marked: string, label: string, known: KnownSettings = {}): string {
  const { text, line, column } = cursor(marked)
  const item = complete({ text, line, column }, { catalog: stepCatalog, known }).find((one) => one.label === label)
  if (!item) throw new Error(`${label} is not offered`)
  const rows = text.split('\n')
  const row = rows[item.range.line - 1] ?? ''
  const indent = /^ */.exec(row)?.[0] ?? ''
  const insert = item.insert.replaceAll('\n', `\n${indent}`).replace('$0', '|')
  rows[item.range.line - 1] = row.slice(0, item.range.column - 1) + insert + row.slice(item.range.endColumn - 1)
  return rows.join('\n')
}

/** The words that a jump from the cursor leads to, each with its line. */
export function definitions(marked: string): readonly string[] {
  const { text, line, column } = cursor(marked)
  const found = definitionAt({ text, line, column }, { catalog: stepCatalog })
  return found?.targets.map((range) => shown(text, range)) ?? []
}

/** The lines that speak of what stands under the cursor. */
export function references(marked: string): readonly string[] {
  const { text, line, column } = cursor(marked)
  return referencesAt({ text, line, column }, { catalog: stepCatalog }).map((range) => shown(text, range))
}

function shown(text: string, { line, column, endColumn }: Range): string {
  return `${line}: ${text.split('\n')[line - 1]?.slice(column - 1, endColumn - 1)}`
}

/** The text after the step under the cursor was given another id; a refusal is thrown. */
export function renamed(marked: string, to: string): string {
  const { text, line, column } = cursor(marked)
  const answer = renameAt({ text, line, column }, to, { catalog: stepCatalog })
  if ('refused' in answer) throw new Error(answer.refused)
  return edited(text, answer.edits)
}

export function edited(text: string, edits: readonly TextEdit[]): string {
  const rows = text.split('\n')
  const starts = rows.map((_, i) => rows.slice(0, i).join('\n').length + (i === 0 ? 0 : 1))
  const at = (line: number, column: number) => (starts[line - 1] ?? text.length) + column - 1
  const backwards = edits.toSorted((a, b) => b.line - a.line || b.column - a.column)
  return backwards.reduce(
    (now, edit) =>
      now.slice(0, at(edit.line, edit.column)) + edit.newText + now.slice(at(edit.endLine, edit.endColumn)),
    text,
  )
}

export function hoverAt(marked: string): HoverText | null {
  const { text, line, column } = cursor(marked)
  return hover({ text, line, column }, { catalog: stepCatalog })
}
