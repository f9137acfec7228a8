import type { Instant } from '../time.ts'

const DATE = /^\d{4}-\d{2}-\d{2}$/
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/i

/**
 * An instant as ISO 8601 says it, with its zone (`2026-06-01T09:00:00+02:00`), or a date alone, which means its midnight in
 * UTC. null: the text is no time, or one that no calendar has.
 */
export function readInstant(text: string): Instant | null {
  const day = DATE.test(text) ? text : DATE_TIME.exec(text)?.[1]
  if (day === undefined || !isDay(day)) return null
  const at = new Date(text)
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}

/** Whether an author means a time by this text, rather than an expression: it begins as a date does. */
export function looksLikeInstant(text: string): boolean {
  return /^\d{4}-\d{1,2}-\d{1,2}(?!\d)/.test(text)
}

/** JavaScript takes 30 February for the beginning of March. */
function isDay(day: string): boolean {
  const at = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day)
}
