/**
 * Where a reader of the stream of all runs stands. Event ids are drawn before their transaction commits, so a lower id
 * may become visible after a higher one: `missing` are the ids below `last` that were not seen yet. They travel in the
 * event id, so that a reader who reconnects loses none.
 */
export interface Position {
  readonly last: number
  readonly missing: readonly number[]
}

/** An id that was drawn but never committed is waited for no longer than this many later events. */
export const MAX_MISSING = 64

/** The position after `id` was read. */
export function advance({ last, missing }: Position, id: number): Position {
  if (id <= last) return { last, missing: missing.filter((m) => m !== id) }
  const skipped: number[] = []
  for (let gap = Math.max(last + 1, id - MAX_MISSING); gap < id; gap++) skipped.push(gap)
  return { last: id, missing: [...missing, ...skipped].slice(-MAX_MISSING) }
}

/** `120`, or `120-118-119` while 118 and 119 are missing. */
export function formatPosition({ last, missing }: Position): string {
  return [last, ...missing].join('-')
}

/** null when the text is not one of ours. */
export function parsePosition(text: string): Position | null {
  if (!/^\d{1,15}(-\d{1,15}){0,64}$/.test(text)) return null
  const [last, ...missing] = text.split('-').map(Number)
  return last === undefined ? null : { last, missing }
}
