import { and, eq, isNull } from 'drizzle-orm'
import { accountTokens, users } from '#drizzle/schema/index.ts'
import { ResetPasswordInput } from '#lib/contracts/members.ts'
import { ScaffError } from '#lib/errors.ts'
import { hashPassword } from '#server/auth/password.ts'
import { audit } from '../audit.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { useAccountToken } from './account-tokens.ts'
import { endAllSessions } from './end-sessions.ts'

/** Sets a new password by a mailed link. Every session and token of the person ends, and every other open link too. */
export async function resetPassword({ ctx, input }: { ctx: ServiceContext; input: ResetPasswordInput }): Promise<void> {
  const { token, password } = parseInput(ResetPasswordInput, input)
  const passwordHash = await hashPassword(password)
  await ctx.app.database.db.transaction(async (tx) => {
    const { userId } = await useAccountToken(ctx, tx, 'reset', token)
    if (userId === null) throw new Error('a reset link names nobody')
    const now = ctx.app.clock.now()
    const [user] = await tx
      .update(users)
      .set({ passwordHash, updatedAt: now })
      .where(and(eq(users.id, userId), isNull(users.disabledAt)))
      .returning({ id: users.id })
    if (user === undefined) throw new ScaffError('auth.link_invalid', 'This account is disabled. Ask an admin.')
    await tx
      .update(accountTokens)
      .set({ usedAt: now })
      .where(and(eq(accountTokens.kind, 'reset'), eq(accountTokens.userId, userId), isNull(accountTokens.usedAt)))
    await endAllSessions(ctx, tx, userId)
    await audit(ctx, tx, { action: 'account.reset_password', target: userId, detail: {} })
  })
}
