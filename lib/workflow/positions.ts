import type { TextEdit } from './diagnostics.ts'

/** A stretch of the author's text; lines and columns count from 1, columns in UTF-16 units as editors do. */
export type Range = Omit<TextEdit, 'newText'>

/** Turns offsets of a text into lines and columns. */
export function createPositions(text: string): (from: number, to: number) => Range {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  const place = (offset: number) => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
  }
  return (from, to) => {
    const start = place(Math.min(from, text.length))
    const end = place(Math.min(Math.max(from, to), text.length))
    return { ...start, endLine: end.line, endColumn: end.column }
  }
}
