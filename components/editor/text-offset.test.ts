import { describe, expect, it } from 'vitest'
import { offsetOf, withEdits } from './text-offset.ts'

describe('the place a diagnostic points at', () => {
  const text = 'name: A\nsteps:\n  - id: b'

  it('is found by line and column, both counted from 1', () => {
    expect(offsetOf(text, 1, 1)).toBe(0)
    expect(text.slice(offsetOf(text, 3, 9))).toBe('b')
  })

  it('never leaves its line or the text', () => {
    expect(offsetOf(text, 1, 99)).toBe(7)
    expect(offsetOf(text, 3, 99)).toBe(text.length)
    expect(offsetOf(text, 99, 1)).toBe(text.length)
  })
})

describe('edits of a text', () => {
  const edit = (line: number, column: number, endLine: number, endColumn: number, newText: string) => ({
    line,
    column,
    endLine,
    endColumn,
    newText,
  })

  it('all count from the text as it was, in whatever order they are given', () => {
    const text = 'name: A\nnext: b'
    expect(withEdits(text, [edit(1, 7, 1, 8, 'Longer'), edit(2, 7, 2, 8, 'end')])).toBe('name: Longer\nnext: end')
    expect(withEdits(text, [edit(2, 7, 2, 8, 'end'), edit(1, 8, 1, 8, '\nx: 1')])).toBe('name: A\nx: 1\nnext: end')
  })
})
