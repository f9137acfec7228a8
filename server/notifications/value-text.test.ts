import { describe, expect, it } from 'vitest'
import type { Json } from '#lib/json.ts'
import { valueText } from './value-text.ts'

describe('a value as people read it', () => {
  it.each<[Json, string]>([
    ['text', 'text'],
    ['two\nlines', 'two\nlines'],
    [3, '3'],
    [false, 'false'],
    [null, '(empty)'],
    ['', '(empty)'],
    [[], '(empty)'],
    [{}, '(empty)'],
    [['a', 'b\nc'], '- a\n- b\n  c'],
    [{ a: 1, b: null, c: 'x\ny' }, 'a: 1\nb: (empty)\nc:\n  x\n  y'],
    [
      [{ heading: 'Start', points: ['a', 'b'] }, { heading: 'End' }],
      '- heading: Start\n  points:\n    - a\n    - b\n- heading: End',
    ],
    [{ deep: { list: [] } }, 'deep:\n  list: (empty)'],
  ])('%j', (value, text) => {
    expect(valueText(value)).toEqual({ text, cut: false })
  })

  it('is cut where it is too long, never within a character', () => {
    const { text, cut } = valueText('😀'.repeat(5_000))
    expect(cut).toBe(true)
    expect(text.length).toBeLessThan(4_010)
    expect(text.isWellFormed()).toBe(true)
  })
})
