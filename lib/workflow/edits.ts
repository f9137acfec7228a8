import type { TextEdit } from './diagnostics.ts'

/** The text after these edits, which do not overlap; all of them count from the text as it is. Line ends stay as they are. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const starts = lineStarts(text)
  const offset = (line: number, column: number) => Math.min((starts[line - 1] ?? text.length) + column - 1, text.length)
  const end = text.includes('\r\n') ? '\r\n' : '\n'
  return edits
    .map(({ line, column, endLine, endColumn, newText }) => ({
      from: offset(line, column),
      to: offset(endLine, endColumn),
      newText: newText.replaceAll(/\r?\n/g, end),
    }))
    .sort((a, b) => b.from - a.from || b.to - a.to)
    .reduce((rest, { from, to, newText }) => rest.slice(0, from) + newText + rest.slice(to), text)
}

function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}
