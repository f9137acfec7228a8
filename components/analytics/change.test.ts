import { describe, expect, it } from 'vitest'
import { changeWords, share, shareChangeWords } from './change.ts'

describe('a figure beside the one before', () => {
  it('is told in percent', () => {
    expect(changeWords(112, 100, 'before')).toBe('12 % more than before')
    expect(changeWords(50, 100, 'before')).toBe('50 % less than before')
    expect(changeWords(100, 100, 'before')).toBe('as many as before')
  })

  it('is no infinity where there was nothing', () => {
    expect(changeWords(5, 0, 'before')).toBe('none before')
    expect(changeWords(0, 0, 'before')).toBeNull()
  })

  it('is told in points where it is a share', () => {
    expect(shareChangeWords(0.95, 0.9, 'before')).toBe('5 points above before')
    expect(shareChangeWords(0.9, 0.9, 'before')).toBe('the same as before')
    expect(shareChangeWords(null, 0.9, 'before')).toBeNull()
  })
})

describe('a share', () => {
  it('is all or none only where it is', () => {
    expect([1, 0.9999, 0.5, 0.001, 0].map(share)).toEqual(['100 %', '99.9 %', '50 %', '< 1 %', '0 %'])
  })
})
