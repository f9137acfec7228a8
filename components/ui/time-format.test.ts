import { describe, expect, it } from 'vitest'
import { ago, duration, inZone, span, utc } from './time-format.ts'

const NOW = Date.parse('2026-03-01T12:00:00.000Z')

describe('times as people read them', () => {
  it('names the largest whole unit', () => {
    expect(span(2.9 * 3_600_000)).toBe('2 h')
    expect(span(36 * 3_600_000)).toBe('36 h')
    expect(span(2 * 86_400_000)).toBe('2 d')
    expect(span(10)).toBe('1 min')
  })

  it('tells past from future', () => {
    expect(ago('2026-03-01T11:58:00.000Z', NOW)).toBe('2 min ago')
    expect(ago('2026-03-01T11:59:00.000Z', NOW)).toBe('1 min ago')
    expect(ago('2026-03-02T13:00:00.000Z', NOW)).toBe('in 25 h')
    expect(ago('2026-03-01T11:59:59.000Z', NOW)).toBe('just now')
    expect(ago('2026-03-01T12:00:01.000Z', NOW)).toBe('in a moment')
  })

  it('rounds what is to come, so that a limit of two days does not begin as one', () => {
    expect(ago('2026-03-03T11:59:30.000Z', NOW)).toBe('in 2 d')
    expect(ago('2026-03-08T11:00:00.000Z', NOW)).toBe('in 7 d')
    expect(ago('2026-03-01T12:59:40.000Z', NOW)).toBe('in 1 h')
    expect(ago('2026-03-03T00:00:00.000Z', NOW)).toBe('in 36 h')
  })

  it('writes durations with the precision that matters', () => {
    expect(duration(340)).toBe('340 ms')
    expect(duration(2_440)).toBe('2.4 s')
    expect(duration(59_990)).toBe('59.9 s')
    expect(duration(185_000)).toBe('3 min 5 s')
    expect(duration(119_700)).toBe('1 min 59 s')
    expect(duration(7_800_000)).toBe('2 h 10 min')
  })

  it('writes UTC without seconds', () => {
    expect(utc('2026-03-01T09:30:12.345Z')).toBe('2026-03-01 09:30 UTC')
  })

  it('writes an instant as the wall of a zone shows it, and names UTC', () => {
    expect(inZone('2026-03-01T23:30:12.345Z', 'Europe/Vienna')).toBe('2 Mar 2026, 00:30')
    expect(inZone('2026-03-01T23:30:12.345Z', 'Europe/Vienna', 'second')).toBe('2 Mar 2026, 00:30:12')
    expect(inZone('2026-03-01T23:30:12.345Z', 'UTC')).toBe('1 Mar 2026, 23:30 UTC')
  })
})
