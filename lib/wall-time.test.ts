import { expect, it } from 'vitest'
import { wallTime } from './wall-time.ts'

it('reads an instant off the wall of a zone, also past midnight and after clocks went forward', () => {
  expect(wallTime('2026-03-28T23:05:09.999Z', 'UTC')).toEqual({
    weekday: 'Sat',
    day: '28',
    month: 'Mar',
    year: '2026',
    hour: '23',
    minute: '05',
    second: '09',
  })
  expect(wallTime('2026-03-28T23:05:00Z', 'Europe/Vienna')).toMatchObject({ weekday: 'Sun', day: '29', hour: '00' })
  expect(wallTime(new Date('2026-03-29T01:05:00Z'), 'Europe/Vienna')).toMatchObject({ hour: '03', minute: '05' })
})
