const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Distances between marks that people count in. */
const STEPS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 5, 10, 30].map((n) => n * DAY),
]
const MOST_STEPS = 4

const UNITS: readonly (readonly [name: string, ms: number])[] = [
  ['d', DAY],
  ['h', HOUR],
  ['min', MINUTE],
  ['s', SECOND],
]

/** The marks of an axis from 0 to at least `most` milliseconds, four steps apart at most. */
export function durationTicks(most: number): readonly number[] {
  const last = STEPS.at(-1) ?? DAY
  const step = STEPS.find((each) => each * MOST_STEPS >= most) ?? Math.ceil(most / MOST_STEPS / last) * last
  const count = Math.max(1, Math.ceil(most / step))
  return Array.from({ length: count + 1 }, (_, i) => i * step)
}

/** A mark in its largest unit, short enough for an axis: `0`, `500 ms`, `15 min`, `1.5 h`. */
export function durationMark(ms: number): string {
  if (ms === 0) return '0'
  const [name, unit] = UNITS.find(([, each]) => ms >= each) ?? ['ms', 1]
  return `${Number((ms / unit).toFixed(1))} ${name}`
}
