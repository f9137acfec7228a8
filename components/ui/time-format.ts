import { wallTime } from '#lib/wall-time.ts'

/** Days count from two on: "36 h" says more than "1 d". */
const UNITS: readonly (readonly [name: string, ms: number, from: number])[] = [
  ['d', 86_400_000, 2],
  ['h', 3_600_000, 1],
  ['min', 60_000, 1],
]

/** `2026-03-01 09:30 UTC`. */
export function utc(at: string): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** `1 Mar 2026, 10:30` on the wall of a zone; where that is UTC it says so, because hardly anybody lives by it. */
export function inZone(at: string, zone: string, precision: 'minute' | 'second' = 'minute'): string {
  const { day, month, year, hour, minute, second } = wallTime(at, zone)
  const clock = precision === 'second' ? `${hour}:${minute}:${second}` : `${hour}:${minute}`
  return `${day} ${month} ${year}, ${clock}${zone === 'UTC' ? ' UTC' : ''}`
}

/** The largest whole unit of a span that has passed, e.g. `2 h`; less than a minute counts as one. */
export function span(ms: number): string {
  for (const [name, unit, from] of UNITS) if (ms >= unit * from) return `${Math.floor(ms / unit)} ${name}`
  return '1 min'
}

/** The same for what is still to come, rounded: what ends in 47 h 59 min ends "in 2 d". */
function spanAhead(ms: number): string {
  for (const [name, unit, from] of UNITS) {
    const count = Math.round(ms / unit)
    if (count >= from && ms >= unit * from * 0.98) return `${count} ${name}`
  }
  return '1 min'
}

/** How far an instant lies from `now`, in words. */
export function ago(at: string, now: number): string {
  const past = now - Date.parse(at)
  if (Math.abs(past) < 60_000) return past >= 0 ? 'just now' : 'in a moment'
  return past > 0 ? `${span(past)} ago` : `in ${spanAhead(-past)}`
}

/** The length of something that ran: `340 ms`, `2.4 s`, `3 min 5 s`, `2 h 10 min`. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${Math.min(ms / 1_000, 59.9).toFixed(1)} s`
  if (ms < 3_600_000) return `${Math.floor(ms / 60_000)} min ${Math.floor((ms % 60_000) / 1_000)} s`
  return `${Math.floor(ms / 3_600_000)} h ${Math.floor((ms % 3_600_000) / 60_000)} min`
}
