import type { Clock } from '#lib/time.ts'

export interface Allowance {
  readonly allowed: boolean
  readonly limit: number
  readonly remaining: number
  /** Seconds until the window ends. */
  readonly reset: number
}

/**
 * Fixed windows in memory, per process: enough to keep one caller from starving the rest, with no round trip. What must hold
 * for all processes together is counted by `tries.ts`. At most `capacity` callers are remembered; beyond that the oldest
 * windows go first.
 */
export class RateLimiter {
  readonly #windows = new Map<string, { readonly endsAt: number; used: number }>()
  readonly #clock: Clock
  readonly #windowMs: number
  readonly #capacity: number

  constructor(clock: Clock, windowMs: number, capacity = 20_000) {
    this.#clock = clock
    this.#windowMs = windowMs
    this.#capacity = capacity
  }

  /** Counts one request of `id` and says whether it is within `limit`. */
  take(id: string, limit: number): Allowance {
    const now = this.#clock.now().getTime()
    let window = this.#windows.get(id)
    if (window === undefined || window.endsAt <= now) {
      this.#windows.delete(id)
      window = { endsAt: now + this.#windowMs, used: 0 }
      this.#windows.set(id, window)
      this.#forget(now)
    }
    window.used++
    return {
      allowed: window.used <= limit,
      limit,
      remaining: Math.max(0, limit - window.used),
      reset: Math.max(1, Math.ceil((window.endsAt - now) / 1000)),
    }
  }

  /** Windows stand in the order of their end, so only the front is looked at. */
  #forget(now: number): void {
    for (const [id, window] of this.#windows) {
      if (window.endsAt > now && this.#windows.size <= this.#capacity) return
      this.#windows.delete(id)
    }
  }
}
