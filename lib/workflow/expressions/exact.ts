import type { Span } from './ast.ts'
import { fail } from './fail.ts'

/** What to do with numbers that are too long to be numbers. */
export const KEPT_AS_TEXT = 'Work with smaller numbers; keep long ones, such as ids, as text in quotes.'

const LAST = Number.MAX_SAFE_INTEGER

/** Beyond 2^53 neighbouring whole numbers cannot be told apart, so a result there is an error, never a near one. */
export function exact(value: number, at: Span): number {
  // Every number beyond is a whole one. Adding 0 makes 0 of -0, which JSON does not tell apart from it.
  return value <= LAST && value >= -LAST ? value + 0 : beyond('The result', at)
}

/** A number to calculate with. Data may hold one beyond the exact ones: what it was before it was read is not known. */
export function exactOperand(value: number, at: Span): number {
  return value <= LAST && value >= -LAST ? value : beyond('The number', at)
}

/** Refuses to compare two numbers that may have been two others. */
export function tellApart(left: number, right: number, at: Span): void {
  if ((left > LAST && right > LAST) || (left < -LAST && right < -LAST)) beyond('Each number', at)
}

function beyond(what: string, at: Span): never {
  const message = `${what} is beyond ±2^53, where whole numbers are no longer exact.`
  return fail('expression.number_range', message, at, KEPT_AS_TEXT)
}
