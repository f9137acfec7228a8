import { expect, it } from 'vitest'
import { timeZoneCookie, timeZoneIn } from './time-zone-cookie.ts'

it('tells the zone that a browser has set, among its other cookies', () => {
  const [pair = ''] = timeZoneCookie('America/Argentina/Buenos_Aires', true).split(';')
  expect(timeZoneIn(`theme=dark; ${pair}; x=1`)).toBe('America/Argentina/Buenos_Aires')
  expect(timeZoneIn(timeZoneCookie('Etc/GMT+5', false))).toBe('Etc/GMT+5')
})

it('takes nothing that names no zone', () => {
  const values = ['', 'Mars/Olympus', '+02:00', 'Europe/Vienna\u0000', '<script>', '%45urope/Vienna', 'a'.repeat(5_000)]
  for (const value of values) expect(timeZoneIn(`scaff-zone=${value}`)).toBeNull()
  for (const cookies of [null, '', 'other=Europe/Vienna', 'xscaff-zone=Europe/Vienna']) {
    expect(timeZoneIn(cookies)).toBeNull()
  }
})
