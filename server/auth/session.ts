import { and, eq, gt, isNull } from 'drizzle-orm'
import { jwtVerify, SignJWT } from 'jose'
import { sessions, users } from '#drizzle/schema/index.ts'
import { newId } from '#lib/ids.ts'
import type { Actor } from '#server/engine/port.ts'
import { audit } from '#server/services/audit.ts'
import type { App, ServiceContext } from '#server/services/context.ts'
import { SESSION_SECONDS } from './session-cookie.ts'

const AUDIENCE = 'scaff-session'

export type UserActor = Extract<Actor, { kind: 'user' }>

/** Signs somebody in: a row that can be revoked before its cookie ends. Answers its id, the `sid` of the cookie's token. */
export async function openSession(ctx: ServiceContext, userId: string): Promise<string> {
  const id = newId('session')
  const now = ctx.app.clock.now()
  const expiresAt = new Date(now.getTime() + SESSION_SECONDS * 1000)
  await ctx.app.database.db.transaction(async (tx) => {
    await tx.insert(sessions).values({ id, userId, createdAt: now, expiresAt })
    await audit(ctx, tx, { action: 'account.sign_in', target: userId, detail: { session: id } })
  })
  return id
}

export async function revokeSession(ctx: ServiceContext, sid: string): Promise<void> {
  await ctx.app.database.db.transaction(async (tx) => {
    const [row] = await tx
      .update(sessions)
      .set({ revokedAt: ctx.app.clock.now() })
      .where(and(eq(sessions.id, sid), isNull(sessions.revokedAt)))
      .returning({ userId: sessions.userId })
    if (row) await audit(ctx, tx, { action: 'account.sign_out', target: row.userId, detail: { session: sid } })
  })
}

/** The content of the session cookie. */
export async function signSession(app: App, sid: string): Promise<string> {
  const now = Math.floor(app.clock.now().getTime() / 1000)
  return new SignJWT({ sid })
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience(AUDIENCE)
    .setIssuedAt(now)
    .setExpirationTime(now + SESSION_SECONDS)
    .sign(app.keys.derive('session'))
}

export interface Session {
  readonly actor: UserActor
  readonly sid: string
  /** Where the person was last seen to be; null: not known. */
  readonly timeZone: string | null
}

/** Who is signed in by this cookie, as of now; null if it is not ours, ended or revoked, or the person was disabled. */
export async function sessionActor(app: App, cookie: string): Promise<Session | null> {
  const sid = await readSid(app, cookie)
  if (sid === null) return null
  const [user] = await app.database.db
    .select({ id: users.id, email: users.email, name: users.name, role: users.role, timeZone: users.timeZone })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        eq(sessions.id, sid),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, app.clock.now()),
        isNull(users.disabledAt),
      ),
    )
    .limit(1)
  if (user === undefined) return null
  const { timeZone, ...person } = user
  return { actor: { kind: 'user', ...person }, sid, timeZone }
}

async function readSid(app: App, cookie: string): Promise<string | null> {
  try {
    const { payload } = await jwtVerify(cookie, app.keys.derive('session'), {
      algorithms: ['HS256'],
      audience: AUDIENCE,
      currentDate: app.clock.now(),
    })
    return typeof payload.sid === 'string' ? payload.sid : null
  } catch {
    // Malformed, forged or expired: to the caller they are all the same.
    return null
  }
}
