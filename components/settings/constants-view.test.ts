import { describe, expect, it } from 'vitest'
import { readValue } from './constants-view.tsx'

describe('a constant as it is typed', () => {
  it('is a text unless it is plainly something else', () => {
    expect(readValue('Acme')).toBe('Acme')
    expect(readValue('2026-03-01')).toBe('2026-03-01')
    expect(readValue('{not json')).toBe('{not json')
    expect(readValue('truely')).toBe('truely')
    expect(readValue('007')).toBe('007')
    expect(readValue('12345678901234567890')).toBe('12345678901234567890')
  })

  it('is a number, list, object or boolean where it is written as one', () => {
    expect(readValue('42')).toBe(42)
    expect(readValue('-1.5')).toBe(-1.5)
    expect(readValue('["a", 1]')).toEqual(['a', 1])
    expect(readValue('{"a": true}')).toEqual({ a: true })
    expect(readValue('false')).toBe(false)
  })
})
