import type { EventEmitter } from 'node:events'

/** What signals have asked of a process so far. */
export interface StopSignals {
  /** Aborted by the first: end in order. */
  readonly stop: AbortSignal
  /** Aborted by a second one: do not wait any longer. */
  readonly hurry: AbortSignal
}

/**
 * A terminal sends its signal to the whole group, and a parent or wrapper hands it on once more: what comes within
 * `oneWishMs` of the first is the same wish. A child takes less time for it than its parent, so that it never misses a
 * second wish of its parent's.
 */
export function stopSignals(
  oneWishMs: number,
  process_: EventEmitter = process,
  monotonic: () => number = () => performance.now(),
): StopSignals {
  const stop = new AbortController()
  const hurry = new AbortController()
  let first = 0
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process_.on(signal, () => {
      if (!stop.signal.aborted) {
        first = monotonic()
        stop.abort(signal)
      } else if (monotonic() - first > oneWishMs) hurry.abort(signal)
    })
  }
  return { stop: stop.signal, hurry: hurry.signal }
}

/** Of one that others look after. */
export const CHILD_WISH_MS = 500
/** Of the one at the top. */
export const OWN_WISH_MS = 1_000

/** Resolves when the signal is aborted, at once if it was. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done()
    else signal.addEventListener('abort', () => done(), { once: true })
  })
}
