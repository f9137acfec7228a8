import { ScaffError } from '#lib/errors.ts'
import { MINUTE } from '#lib/time.ts'
import type { Identity } from '#server/auth/authenticate.ts'
import { addressBlock } from '#server/services/address-block.ts'
import type { App } from '#server/services/context.ts'
import { RateLimiter } from '#server/services/rate-limiter.ts'

const DEFAULT_PER_MINUTE = 600
const ADMIN_PER_MINUTE = 5_000
const ANONYMOUS_PER_MINUTE = 300

/** One limiter per App, so that each test has its own. */
const limiters = new WeakMap<App, RateLimiter>()

/** Counts a request against its caller, sets the RateLimit headers, and throws `rate_limit.exceeded` beyond the limit. */
export function countRequest(app: App, identity: Identity | null, ip: string | null, headers: Headers): void {
  let limiter = limiters.get(app)
  if (limiter === undefined) {
    limiter = new RateLimiter(app.clock, MINUTE)
    limiters.set(app, limiter)
  }
  const allowance = limiter.take(callerId(identity, ip), perMinute(identity))
  headers.set('ratelimit-limit', String(allowance.limit))
  headers.set('ratelimit-remaining', String(allowance.remaining))
  headers.set('ratelimit-reset', String(allowance.reset))
  if (!allowance.allowed) {
    throw new ScaffError(
      'rate_limit.exceeded',
      `More than ${allowance.limit} requests in a minute. Wait ${allowance.reset} seconds.`,
      { extra: { retry_after: allowance.reset } },
    )
  }
}

function callerId(identity: Identity | null, ip: string | null): string {
  return identity !== null && 'id' in identity.actor ? identity.actor.id : `ip:${addressBlock(ip)}`
}

function perMinute(identity: Identity | null): number {
  if (identity === null) return ANONYMOUS_PER_MINUTE
  if (identity.rateLimit !== null) return identity.rateLimit
  const { actor } = identity
  const isAdmin = 'role' in actor && (actor.role === 'admin' || actor.role === 'owner')
  return isAdmin ? ADMIN_PER_MINUTE : DEFAULT_PER_MINUTE
}
