import { describe, expect, it } from 'vitest'
import { bucketStarts, isTimeZone, startOfDay, startOfHour } from './zone-time.ts'

const at = (text: string) => new Date(text)
const iso = (dates: readonly Date[]) => dates.map((date) => date.toISOString())

describe('names of time zones', () => {
  it('takes names of the IANA list, and neither offsets nor inventions', () => {
    expect(['UTC', 'Europe/Vienna', 'Asia/Kolkata'].every(isTimeZone)).toBe(true)
    expect(['+02:00', '-5', '', 'Mars/Olympus', "UTC'; drop table runs"].some(isTimeZone)).toBe(false)
  })
})

describe('days on the wall of a zone', () => {
  it('begin at its midnight', () => {
    expect(startOfDay(at('2026-01-10T22:59:59Z'), 'Europe/Vienna')).toEqual(at('2026-01-09T23:00:00Z'))
    expect(startOfDay(at('2026-01-10T23:00:00Z'), 'Europe/Vienna')).toEqual(at('2026-01-10T23:00:00Z'))
    expect(startOfDay(at('2026-01-10T18:29:59Z'), 'Asia/Kolkata')).toEqual(at('2026-01-09T18:30:00Z'))
  })

  it('are 23 hours long when clocks go forward, and 25 when they go back', () => {
    const hours = (day: string) =>
      (startOfDay(at(day), 'Europe/Vienna', 1).getTime() - startOfDay(at(day), 'Europe/Vienna').getTime()) / 3_600_000
    expect(hours('2026-03-29T12:00:00Z')).toBe(23)
    expect(hours('2026-10-25T12:00:00Z')).toBe(25)
    expect(hours('2026-10-26T12:00:00Z')).toBe(24)
  })

  it('begin after a midnight that is skipped, and at the first of two', () => {
    // Cairo, 24 April 2026: from 00:00 straight to 01:00. Havana, 1 November 2026: 01:00 becomes 00:00 again.
    expect(startOfDay(at('2026-04-24T12:00:00Z'), 'Africa/Cairo')).toEqual(at('2026-04-23T22:00:00Z'))
    expect(startOfDay(at('2026-11-01T12:00:00Z'), 'America/Havana')).toEqual(at('2026-11-01T04:00:00Z'))
  })
})

describe('buckets of a range', () => {
  it('begin with the range and go on at each midnight', () => {
    expect(iso(bucketStarts(at('2026-03-28T10:00:00Z'), at('2026-03-30T10:00:00Z'), 'day', 'Europe/Vienna'))).toEqual([
      '2026-03-28T10:00:00.000Z',
      '2026-03-28T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
    ])
  })

  it('have every hour of a day once, also the one that comes twice on the wall', () => {
    const day = startOfDay(at('2026-10-25T12:00:00Z'), 'Europe/Vienna')
    const starts = bucketStarts(day, startOfDay(day, 'Europe/Vienna', 1), 'hour', 'Europe/Vienna')
    expect(starts).toHaveLength(25)
    expect(new Set(iso(starts)).size).toBe(25)
  })

  it('keep to hours of zones that lie half an hour beside the others', () => {
    expect(startOfHour(at('2026-01-10T10:10:00Z'), 'Asia/Kolkata')).toEqual(at('2026-01-10T09:30:00Z'))
  })

  it('are none in an empty range', () => {
    expect(bucketStarts(at('2026-01-10T10:00:00Z'), at('2026-01-10T10:00:00Z'), 'day', 'UTC')).toEqual([])
  })
})
