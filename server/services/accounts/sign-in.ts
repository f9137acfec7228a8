import { and, eq, isNull } from 'drizzle-orm'
import { users } from '#drizzle/schema/index.ts'
import { LoginRequest } from '#lib/contracts/auth.ts'
import { ScaffError } from '#lib/errors.ts'
import { verifyPassword } from '#server/auth/password.ts'
import type { UserActor } from '#server/auth/session.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { signInThrottle } from './throttle.ts'

/**
 * Who these credentials belong to. Wrong address, wrong password and disabled account are answered alike and as fast, so
 * that nobody learns who has an account. Failures are bounded per address and account.
 */
export async function signIn({ ctx, input }: { ctx: ServiceContext; input: LoginRequest }): Promise<UserActor> {
  const { email, password } = parseInput(LoginRequest, input)
  const address = email.trim().toLowerCase()
  const throttle = await signInThrottle(ctx, address)
  const [user] = await ctx.app.database.db
    .select()
    .from(users)
    .where(and(eq(users.email, address), isNull(users.disabledAt)))
    .limit(1)
  if (!(await verifyPassword(password, user?.passwordHash ?? null)) || user === undefined) {
    ctx.app.log.warn({ request_id: ctx.requestId }, 'sign-in refused')
    throw new ScaffError(
      'auth.invalid',
      'The e-mail address or the password is wrong. Check both, or reset the password.',
    )
  }
  await throttle.succeeded()
  return { kind: 'user', id: user.id, email: user.email, name: user.name, role: user.role }
}
