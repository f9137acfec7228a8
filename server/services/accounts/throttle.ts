import { ScaffError } from '#lib/errors.ts'
import { MINUTE } from '#lib/time.ts'
import { addressBlock } from '../address-block.ts'
import type { App, ServiceContext } from '../context.ts'
import { RateLimiter } from '../rate-limiter.ts'

const WINDOW_MS = 15 * MINUTE
/** Tries in a window, by what they are counted under. The wide ones keep one account from being locked by one stranger. */
const SIGN_IN = { pair: 10, ip: 50, account: 100 }
const RESET = { ip: 20, account: 5 }

/** One set of counters per App, so that each test has its own. In memory: a restart forgives. */
const limiters = new WeakMap<App, RateLimiter>()

/** Counts a try to sign in; throws `rate_limit.exceeded`. Only failures stay counted. */
export function signInThrottle(ctx: ServiceContext, email: string): { succeeded(): void } {
  const ip = addressBlock(ctx.ip)
  const counted = { pair: `sign-in:${ip}:${email}`, ip: `sign-in-ip:${ip}`, account: `sign-in-account:${email}` }
  take(ctx, counted.pair, SIGN_IN.pair)
  take(ctx, counted.ip, SIGN_IN.ip)
  take(ctx, counted.account, SIGN_IN.account)
  return {
    succeeded: () => {
      for (const id of Object.values(counted)) limiter(ctx).giveBack(id)
    },
  }
}

export function resetThrottle(ctx: ServiceContext, email: string): void {
  take(ctx, `reset-ip:${addressBlock(ctx.ip)}`, RESET.ip)
  take(ctx, `reset-account:${email}`, RESET.account)
}

function take(ctx: ServiceContext, id: string, limit: number): void {
  const allowance = limiter(ctx).take(id, limit)
  if (allowance.allowed) return
  const minutes = Math.ceil(allowance.reset / 60)
  throw new ScaffError('rate_limit.exceeded', `Too many tries. Wait ${minutes} minute${minutes === 1 ? '' : 's'}.`, {
    extra: { retry_after: allowance.reset },
  })
}

function limiter({ app }: ServiceContext): RateLimiter {
  const found = limiters.get(app) ?? new RateLimiter(app.clock, WINDOW_MS)
  limiters.set(app, found)
  return found
}
