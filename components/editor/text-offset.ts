import type { TextEdit } from '#lib/workflow/diagnostics.ts'

/** Where a 1-based position stands in a text; one beyond a line's end is that end. */
export function offsetOf(text: string, line: number, column: number): number {
  let start = 0
  for (let n = 1; n < line; n++) {
    const end = text.indexOf('\n', start)
    if (end === -1) return text.length
    start = end + 1
  }
  const end = text.indexOf('\n', start)
  return Math.min(start + Math.max(0, column - 1), end === -1 ? text.length : end)
}

/** The text after these edits, which do not overlap; all of them count from the text as it is. */
export function withEdits(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .map((edit) => ({
      from: offsetOf(text, edit.line, edit.column),
      to: offsetOf(text, edit.endLine, edit.endColumn),
      newText: edit.newText,
    }))
    .sort((a, b) => b.from - a.from || b.to - a.to)
    .reduce((rest, { from, to, newText }) => rest.slice(0, from) + newText + rest.slice(to), text)
}
