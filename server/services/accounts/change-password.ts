import { eq } from 'drizzle-orm'
import { users } from '#drizzle/schema/index.ts'
import { ChangePasswordInput } from '#lib/contracts/members.ts'
import { ScaffError } from '#lib/errors.ts'
import { hashPassword, verifyPassword } from '#server/auth/password.ts'
import { audit } from '../audit.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { endAllSessions } from './end-sessions.ts'
import { signInThrottle } from './throttle.ts'

/**
 * A new password for the person who is signed in and knows the old one. Every session and token of theirs ends; the caller
 * opens a new one. Tries count as tries to sign in do: a screen left open is no place to guess at.
 */
export async function changePassword({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: ChangePasswordInput
}): Promise<{ user_id: string }> {
  if (ctx.actor?.kind !== 'user') throw new ScaffError('auth.required', 'Sign in to go on.')
  const { id, email } = ctx.actor
  const { current, password } = parseInput(ChangePasswordInput, input)
  const throttle = await signInThrottle(ctx, email)
  const [user] = await ctx.app.database.db.select().from(users).where(eq(users.id, id)).limit(1)
  if (!(await verifyPassword(current, user?.passwordHash ?? null))) {
    const message = 'This is not your current password.'
    throw new ScaffError('request.invalid', message, { errors: [{ path: 'current', code: 'wrong', message }] })
  }
  await throttle.succeeded()
  const passwordHash = await hashPassword(password)
  await ctx.app.database.db.transaction(async (tx) => {
    await tx.update(users).set({ passwordHash, updatedAt: ctx.app.clock.now() }).where(eq(users.id, id))
    await endAllSessions(ctx, tx, id)
    await audit(ctx, tx, { action: 'account.change_password', target: id, detail: {} })
  })
  return { user_id: id }
}
