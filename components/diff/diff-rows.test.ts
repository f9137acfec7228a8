import { describe, expect, it } from 'vitest'
import { type DiffRow, diffRows, foldRows, tally } from './diff-rows.ts'

function told(rows: readonly DiffRow[]): readonly string[] {
  const side = (one: DiffRow['before']) =>
    one === null ? '–' : `${one.line} ${one.parts.map(({ text, marked }) => (marked ? `[${text}]` : text)).join('')}`
  return rows.map((row) => (row.kind === 'same' ? `= ${side(row.before)}` : `${side(row.before)} | ${side(row.after)}`))
}

describe('the difference of two texts', () => {
  it('puts a changed line beside its new form and marks the words that differ', () => {
    expect(told(diffRows('a: 1\ntimeout: 30 seconds\nb', 'a: 1\ntimeout: 60 seconds\nb'))).toEqual([
      '= 1 a: 1',
      '2 timeout: [30] seconds | 2 timeout: [60] seconds',
      '= 3 b',
    ])
  })

  it('leaves the other side empty where a line was added or removed, and counts each text’s lines apart', () => {
    expect(told(diffRows('a\nb\nd\n', 'a\nc\nb\n'))).toEqual(['= 1 a', '– | 2 c', '= 2 b', '3 d | –'])
    expect(tally(diffRows('a\nb\nd\n', 'a\nc\nb\n'))).toEqual({ added: 1, removed: 1 })
  })

  it('marks no words in lines that have little in common', () => {
    expect(told(diffRows('id: draft\n', 'prompt: Write something else altogether\n'))).toEqual([
      '1 id: draft | 1 prompt: Write something else altogether',
    ])
  })

  it('does not tell a missing end of the last line as a change', () => {
    expect(diffRows('a\nb', 'a\nb\n').every(({ kind }) => kind === 'same')).toBe(true)
  })

  it('still answers when the texts have nothing in common', () => {
    const many = (word: string) => Array.from({ length: 5_000 }, (_, i) => `${word} ${i}`).join('\n')
    expect(tally(diffRows(many('a'), many('b')))).toEqual({ added: 5_000, removed: 5_000 })
  })
})

describe('unchanged stretches', () => {
  const before = Array.from({ length: 30 }, (_, i) => `line ${i + 1}`)
  const rows = diffRows(before.join('\n'), before.with(14, 'other').join('\n'))

  it('are folded but for three lines around each change', () => {
    expect(foldRows(rows, new Set()).map(({ kind, rows: part }) => `${kind} ${part.length}`)).toEqual([
      'folded 11',
      'shown 7',
      'folded 12',
    ])
  })

  it('stay open once they were opened', () => {
    expect(foldRows(rows, new Set([0])).map(({ kind }) => kind)).toEqual(['shown', 'shown', 'folded'])
  })

  it('are not folded where that would hide less than it costs', () => {
    const short = diffRows('1\n2\n3\n4\n5\n6\nx', '1\n2\n3\n4\n5\n6\ny')
    expect(foldRows(short, new Set()).every(({ kind }) => kind === 'shown')).toBe(true)
  })
})
