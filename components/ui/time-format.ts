const UNITS: readonly (readonly [name: string, ms: number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
]

/** `2026-03-01 09:30 UTC`. */
export function utc(at: string): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** In the zone and manner of whoever looks. Only for the browser: a server has neither. */
export function inZone(at: string): string {
  return new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
}

/** The largest whole unit of a span, e.g. `2 h`; `0 min` counts as `1 min`. */
export function span(ms: number): string {
  const size = Math.abs(ms)
  for (const [name, unit] of UNITS) if (size >= unit) return `${Math.floor(size / unit)} ${name}`
  return '1 min'
}

/** How far an instant lies from `now`, in words. */
export function ago(at: string, now: number): string {
  const past = now - Date.parse(at)
  if (Math.abs(past) < 60_000) return past >= 0 ? 'just now' : 'in a moment'
  return past > 0 ? `${span(past)} ago` : `in ${span(past)}`
}

/** The length of something that ran: `340 ms`, `2.4 s`, `3 min 5 s`, `2 h 10 min`. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`
  if (ms < 3_600_000) return `${Math.floor(ms / 60_000)} min ${Math.floor((ms % 60_000) / 1_000)} s`
  return `${Math.floor(ms / 3_600_000)} h ${Math.floor((ms % 3_600_000) / 60_000)} min`
}
