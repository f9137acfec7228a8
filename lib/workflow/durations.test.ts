import { describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE, SECOND } from '../time.ts'
import { formatDuration, parseDuration } from './durations.ts'

describe('reads', () => {
  it.each([
    ['30s', 30 * SECOND],
    ['500ms', 500],
    ['1.5h', 90 * MINUTE],
    ['1h30m', 90 * MINUTE],
    ['1h 30min', 90 * MINUTE],
    [' 7d ', 7 * DAY],
    ['2w', 14 * DAY],
    ['PT30S', 30 * SECOND],
    ['P1DT12H', 36 * HOUR],
    ['PT0,5H', 30 * MINUTE],
    ['P2W', 14 * DAY],
  ])('%s', (text, ms) => {
    expect(parseDuration(text)).toEqual({ ok: true, ms })
  })

  it('numbers where the key says the unit', () => {
    expect(parseDuration(24, HOUR)).toEqual({ ok: true, ms: 24 * HOUR })
    expect(parseDuration('24', HOUR)).toEqual({ ok: true, ms: 24 * HOUR })
    expect(parseDuration('30m', HOUR)).toEqual({ ok: true, ms: 30 * MINUTE })
    expect(parseDuration(0.0001, SECOND)).toEqual({ ok: true, ms: 1 })
  })
})

describe('refuses', () => {
  it.each([
    [30, 'Say the unit'],
    [-1, 'Say the unit of this duration, for example 1s'],
    ['30', 'This is no duration'],
    ['soon', 'This is no duration'],
    ['', 'This is no duration'],
    ['P', 'This is no duration'],
    ['PT', 'This is no duration'],
    [true, 'This is no duration'],
    ['0s', 'longer than nothing'],
    ['P1M', 'Months and years'],
    ['P1Y', 'Months and years'],
    ['4000d', 'ten years'],
  ])('%j', (value, message) => {
    const read = parseDuration(value)
    expect(read.ok ? '' : read.problem).toContain(message)
  })

  it('what is negative in the unit of its key', () => {
    expect(parseDuration(-1, SECOND)).toMatchObject({ ok: false })
  })
})

it.each([
  [0, '0s'],
  [90 * SECOND, '1m30s'],
  [DAY + 2 * HOUR, '1d2h'],
  [1_500, '1s500ms'],
])('writes %d ms as %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text)
})
