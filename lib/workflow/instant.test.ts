import { describe, expect, it } from 'vitest'
import { looksLikeInstant, readInstant } from './instant.ts'

describe('an instant', () => {
  it.each([
    ['2026-06-01', '2026-06-01T00:00:00.000Z'],
    ['2026-06-01T09:00Z', '2026-06-01T09:00:00.000Z'],
    ['2026-06-01T09:00:00.5z', '2026-06-01T09:00:00.500Z'],
    ['2026-06-01T01:00:00+02:00', '2026-05-31T23:00:00.000Z'],
    ['2028-02-29', '2028-02-29T00:00:00.000Z'],
  ])('%s is %s', (text, instant) => {
    expect(readInstant(text)).toBe(instant)
  })

  it.each([
    ['no zone', '2026-06-01T09:00:00'],
    ['a month that is none', '2026-13-01'],
    ['a day that its month has not', '2026-02-30'],
    ['the same with a time', '2026-02-30T09:00:00Z'],
    ['an hour that is none', '2026-06-01T25:00:00Z'],
    ['a word', 'tomorrow'],
    ['nothing', ''],
    ['another order', '01.06.2026'],
    ['more after it', '2026-06-01 or so'],
  ])('is not read from %s', (_, text) => {
    expect(readInstant(text)).toBeNull()
  })

  it('is told from an expression by how it begins', () => {
    expect(['2026-06-01', '2026-6-1', '2026-13-45T1'].map(looksLikeInstant)).toEqual([true, true, true])
    expect(['runtime.due', '2026 - count', 'default(due, now())'].map(looksLikeInstant)).toEqual([false, false, false])
  })
})
