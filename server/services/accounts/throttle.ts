import { ScaffError } from '#lib/errors.ts'
import { addressBlock } from '../address-block.ts'
import type { ServiceContext } from '../context.ts'
import { countTry, giveTriesBack } from '../tries.ts'

/** Tries in a quarter of an hour, by what they are counted under. The wide ones keep one account from being locked by one stranger. */
const SIGN_IN = { pair: 10, ip: 50, account: 100 }
const RESET = { ip: 20, account: 5 }

/** Counts a try to sign in; throws `rate_limit.exceeded`. Only failures stay counted. */
export async function signInThrottle(ctx: ServiceContext, email: string): Promise<{ succeeded(): Promise<void> }> {
  const ip = addressBlock(ctx.ip)
  const counted = { pair: `sign-in:${ip}:${email}`, ip: `sign-in-ip:${ip}`, account: `sign-in-account:${email}` }
  await take(ctx, counted.pair, SIGN_IN.pair)
  await take(ctx, counted.ip, SIGN_IN.ip)
  await take(ctx, counted.account, SIGN_IN.account)
  return { succeeded: () => giveTriesBack(ctx.app, Object.values(counted)) }
}

export async function resetThrottle(ctx: ServiceContext, email: string): Promise<void> {
  await take(ctx, `reset-ip:${addressBlock(ctx.ip)}`, RESET.ip)
  await take(ctx, `reset-account:${email}`, RESET.account)
}

async function take(ctx: ServiceContext, id: string, limit: number): Promise<void> {
  const { allowed, reset } = await countTry(ctx.app, id, limit)
  if (allowed) return
  const minutes = Math.ceil(reset / 60)
  throw new ScaffError('rate_limit.exceeded', `Too many tries. Wait ${minutes} minute${minutes === 1 ? '' : 's'}.`, {
    extra: { retry_after: reset },
  })
}
