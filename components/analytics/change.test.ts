import { describe, expect, it } from 'vitest'
import { changeWords, share, shareChangeWords } from './change.ts'

describe('a figure beside the one before', () => {
  it('is told in percent', () => {
    expect(changeWords(112, 100, 'May')).toBe('12 % more than in May')
    expect(changeWords(50, 100, 'May')).toBe('50 % less than in May')
    expect(changeWords(100, 100, 'May')).toBe('as much as in May')
  })

  it('is no infinity where there was nothing', () => {
    expect(changeWords(5, 0, 'May')).toBe('none in May')
    expect(changeWords(0, 0, 'May')).toBeNull()
  })

  it('is told in points where it is a share', () => {
    expect(shareChangeWords(0.95, 0.9, 'May')).toBe('5 points above May')
    expect(shareChangeWords(0.9, 0.9, 'May')).toBe('the same as in May')
    expect(shareChangeWords(null, 0.9, 'May')).toBeNull()
  })
})

describe('a share', () => {
  it('is all or none only where it is', () => {
    expect([1, 0.9999, 0.5, 0.001, 0].map(share)).toEqual(['100 %', '99.9 %', '50 %', '< 1 %', '0 %'])
  })
})
