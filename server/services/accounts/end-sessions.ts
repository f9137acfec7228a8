import { and, eq, isNull } from 'drizzle-orm'
import { refreshTokens, sessions } from '#drizzle/schema/index.ts'
import type { Tx } from '../audit.ts'
import type { ServiceContext } from '../context.ts'

/** Signs a person out everywhere: browsers and API tokens. */
export async function endAllSessions(ctx: ServiceContext, tx: Tx, userId: string): Promise<void> {
  const revokedAt = ctx.app.clock.now()
  await tx
    .update(sessions)
    .set({ revokedAt })
    .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt)))
  await tx
    .update(refreshTokens)
    .set({ revokedAt })
    .where(and(eq(refreshTokens.userId, userId), isNull(refreshTokens.revokedAt)))
}
