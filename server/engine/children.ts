import type { ChildStart } from './port.ts'

/**
 * A run that is called by one of its own key, directly or through others, goes within the turn of that one: its caller
 * waits for it, and would wait for ever if it waited for its caller.
 */
export function withinTurn(
  start: Extract<ChildStart, { ok: true }>['start'],
  callers: readonly (string | null)[],
): Extract<ChildStart, { ok: true }>['start'] {
  const { concurrency, ...alone } = start
  return concurrency && callers.includes(concurrency.key) ? alone : start
}
