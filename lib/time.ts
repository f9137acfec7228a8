/** Where business time comes from. Tests advance their own; leases use the database's time instead. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** An instant as ISO 8601 in UTC with milliseconds: the only form in which times are stored in JSON. */
export type Instant = string

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** `at` moved by `ms` milliseconds. */
export function plus(at: Instant, ms: number): Instant {
  return new Date(Date.parse(at) + ms).toISOString()
}
