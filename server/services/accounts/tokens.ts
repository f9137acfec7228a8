import { createHash, randomBytes } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import { refreshTokens, users } from '#drizzle/schema/index.ts'
import { type LoginRequest, RefreshRequest, type TokenPair } from '#lib/contracts/auth.ts'
import { ScaffError } from '#lib/errors.ts'
import { newId } from '#lib/ids.ts'
import { DAY } from '#lib/time.ts'
import { ACCESS_TOKEN_SECONDS, signAccessToken } from '#server/auth/access-token.ts'
import { audit, type Tx } from '../audit.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { signIn } from './sign-in.ts'

const REFRESH_MS = 30 * DAY

/** Signs a person in for the API: a short-lived access token and the first refresh token of a new family. */
export async function logIn({ ctx, input }: { ctx: ServiceContext; input: LoginRequest }): Promise<TokenPair> {
  const user = await signIn({ ctx, input })
  const family = newId('session')
  const refreshToken = await ctx.app.database.db.transaction(async (tx) => {
    await audit({ ...ctx, actor: user }, tx, { action: 'account.log_in', target: user.id, detail: { session: family } })
    return issueRefreshToken(ctx, tx, user.id, family)
  })
  return pair(ctx, user.id, family, refreshToken)
}

/**
 * Trades a refresh token for the next pair. A token that comes a second time was copied by someone: its whole family
 * ends, whoever of the two it was.
 */
export async function refresh({ ctx, input }: { ctx: ServiceContext; input: RefreshRequest }): Promise<TokenPair> {
  const { refresh_token } = parseInput(RefreshRequest, input)
  const next = await ctx.app.database.db.transaction(async (tx) => {
    const now = ctx.app.clock.now()
    const [row] = await tx
      .select()
      .from(refreshTokens)
      .where(eq(refreshTokens.tokenHash, hash(refresh_token)))
      .for('update')
    if (row === undefined || row.revokedAt !== null || row.expiresAt <= now) return null
    if (row.usedAt !== null) {
      await endFamily(ctx, tx, row.family)
      await audit(ctx, tx, { action: 'account.token_reused', target: row.userId, detail: { session: row.family } })
      return null
    }
    const [user] = await tx
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.id, row.userId), isNull(users.disabledAt)))
    if (user === undefined) return null
    await tx.update(refreshTokens).set({ usedAt: now }).where(eq(refreshTokens.id, row.id))
    return { userId: row.userId, family: row.family, token: await issueRefreshToken(ctx, tx, row.userId, row.family) }
  })
  if (next === null) throw new ScaffError('auth.invalid', 'The refresh token is not good any more. Log in again.')
  return pair(ctx, next.userId, next.family, next.token)
}

/** Ends the family of a refresh token, its access tokens with it. Unknown tokens are nothing to end. */
export async function logOut({ ctx, input }: { ctx: ServiceContext; input: RefreshRequest }): Promise<void> {
  const { refresh_token } = parseInput(RefreshRequest, input)
  await ctx.app.database.db.transaction(async (tx) => {
    const [row] = await tx
      .select()
      .from(refreshTokens)
      .where(eq(refreshTokens.tokenHash, hash(refresh_token)))
      .limit(1)
    if (row === undefined || row.revokedAt !== null) return
    await endFamily(ctx, tx, row.family)
    await audit(ctx, tx, { action: 'account.log_out', target: row.userId, detail: { session: row.family } })
  })
}

async function issueRefreshToken(ctx: ServiceContext, tx: Tx, userId: string, family: string): Promise<string> {
  const token = `scr_${randomBytes(32).toString('base64url')}`
  const now = ctx.app.clock.now()
  await tx.insert(refreshTokens).values({
    id: newId('token'),
    userId,
    family,
    tokenHash: hash(token),
    createdAt: now,
    expiresAt: new Date(now.getTime() + REFRESH_MS),
  })
  return token
}

async function endFamily(ctx: ServiceContext, tx: Tx, family: string): Promise<void> {
  await tx
    .update(refreshTokens)
    .set({ revokedAt: ctx.app.clock.now() })
    .where(and(eq(refreshTokens.family, family), isNull(refreshTokens.revokedAt)))
}

async function pair(ctx: ServiceContext, userId: string, family: string, refreshToken: string): Promise<TokenPair> {
  return {
    access_token: await signAccessToken(ctx.app, userId, family),
    token_type: 'Bearer',
    expires_in: ACCESS_TOKEN_SECONDS,
    refresh_token: refreshToken,
  }
}

/** The token is random enough that a plain hash is: a dump of the database holds no usable one. */
function hash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
