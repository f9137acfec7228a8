import { and, eq, isNull, sql } from 'drizzle-orm'
import { jwtVerify, SignJWT } from 'jose'
import { refreshTokens, users } from '#drizzle/schema/index.ts'
import type { App } from '#server/services/context.ts'
import type { Identity } from './authenticate.ts'

/** Seconds. Short, because what it grants is only re-read from the database, not re-proved. */
export const ACCESS_TOKEN_SECONDS = 15 * 60
const AUDIENCE = 'scaff-api'

/** A signed Bearer token for a person; `family` is the refresh-token family it came with, so that logging out ends it too. */
export async function signAccessToken(app: App, userId: string, family: string): Promise<string> {
  const now = Math.floor(app.clock.now().getTime() / 1000)
  return new SignJWT({ fam: family })
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
    .setSubject(userId)
    .setAudience(AUDIENCE)
    .setIssuedAt(now)
    .setExpirationTime(now + ACCESS_TOKEN_SECONDS)
    .sign(app.keys.derive('access-token'))
}

/** The person behind a token, with the role of now; null if it is not ours, expired, logged out, or they were disabled. */
export async function verifyAccessToken(app: App, token: string): Promise<Identity | null> {
  const claims = await readClaims(app, token)
  if (claims === null) return null
  const [user] = await app.database.db
    .select({ id: users.id, email: users.email, name: users.name, role: users.role })
    .from(users)
    .where(
      and(
        eq(users.id, claims.userId),
        isNull(users.disabledAt),
        sql`exists (select 1 from ${refreshTokens} where ${refreshTokens.family} = ${claims.family} and ${refreshTokens.revokedAt} is null)`,
      ),
    )
    .limit(1)
  return user === undefined ? null : { actor: { kind: 'user', ...user }, via: 'token', rateLimit: null }
}

async function readClaims(app: App, token: string): Promise<{ userId: string; family: string } | null> {
  try {
    const { payload } = await jwtVerify(token, app.keys.derive('access-token'), {
      algorithms: ['HS256'],
      typ: 'at+jwt',
      audience: AUDIENCE,
      currentDate: app.clock.now(),
    })
    if (typeof payload.sub !== 'string' || typeof payload.fam !== 'string') return null
    return { userId: payload.sub, family: payload.fam }
  } catch {
    // Malformed, forged or expired: to the caller they are all the same.
    return null
  }
}
