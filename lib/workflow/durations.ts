import type { Json } from '../json.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../time.ts'

/** A key's ending says the unit of a plain number: `timeout_s: 30`, `reminder_hours: 12`. */
export const DURATION_SUFFIXES: ReadonlyMap<string, number> = new Map([
  ['_ms', 1],
  ['_s', SECOND],
  ['_seconds', SECOND],
  ['_minutes', MINUTE],
  ['_hours', HOUR],
  ['_days', DAY],
])

const UNITS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', SECOND],
  ['m', MINUTE],
  ['min', MINUTE],
  ['h', HOUR],
  ['d', DAY],
  ['w', 7 * DAY],
])

export const SHORT = /^(?:\d+(?:\.\d+)?\s*(?:ms|min|[smhdw])\s*)+$/
const PART = /(\d+(?:\.\d+)?)\s*(ms|min|[smhdw])/g
export const ISO =
  /^P(?=[\dT])(?:(\d+(?:[.,]\d+)?)W)?(?:(\d+(?:[.,]\d+)?)D)?(?:T(?=\d)(?:(\d+(?:[.,]\d+)?)H)?(?:(\d+(?:[.,]\d+)?)M)?(?:(\d+(?:[.,]\d+)?)S)?)?$/

/** Nothing is waited for longer than this. */
export const LONGEST = 3_660 * DAY

export type DurationResult =
  | { readonly ok: true; readonly ms: number }
  | { readonly ok: false; readonly problem: string }

/**
 * Reads every written form of a duration: `30s`, `1h30m`, `7d`, `PT12H`, or a number where the key says the unit.
 * Answers whole milliseconds, more than 0 and at most ten years.
 */
export function parseDuration(value: Json, unit: number | null = null): DurationResult {
  const ms = read(value, unit)
  if (typeof ms === 'string') return { ok: false, problem: ms }
  if (ms <= 0) return { ok: false, problem: 'A duration must be longer than nothing. Write for example 30s.' }
  if (ms > LONGEST) return { ok: false, problem: 'A duration can be ten years at most.' }
  return { ok: true, ms: Math.max(1, Math.round(ms)) }
}

function read(value: Json, unit: number | null): number | string {
  if (typeof value === 'number') {
    return unit === null
      ? `Say the unit of this duration, for example ${Math.abs(value)}s, ${Math.abs(value)}m or ${Math.abs(value)}h.`
      : value * unit
  }
  if (typeof value !== 'string') return EXPECTED
  const text = value.trim()
  if (unit !== null && /^-?\d+(?:\.\d+)?$/.test(text)) return Number(text) * unit
  if (SHORT.test(text))
    return sum([...text.matchAll(PART)].map(([, n, u]) => Number(n) * (UNITS.get(u ?? '') ?? Number.NaN)))
  const iso = ISO.exec(text)
  if (iso)
    return sum(
      [7 * DAY, DAY, HOUR, MINUTE, SECOND].map((size, i) => Number((iso[i + 1] ?? '0').replace(',', '.')) * size),
    )
  if (/^P\d/.test(text)) return 'Months and years have no fixed length. Write days, for example P30D.'
  return EXPECTED
}

const EXPECTED = 'This is no duration. Write for example 30s, 15m, 12h, 7d or PT12H.'

function sum(parts: readonly number[]): number {
  return parts.reduce((a, b) => a + b, 0)
}

/** The shortest written form: `90000` → `1m30s`. */
export function formatDuration(ms: number): string {
  let rest = ms
  let text = ''
  for (const [sign, size] of [
    ['d', DAY],
    ['h', HOUR],
    ['m', MINUTE],
    ['s', SECOND],
    ['ms', 1],
  ] as const) {
    const count = Math.floor(rest / size)
    if (count > 0) text += `${count}${sign}`
    rest -= count * size
  }
  return text || '0s'
}
