import { describe, expect, it } from 'vitest'
import { offsetOf } from './yaml-editor.tsx'

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
