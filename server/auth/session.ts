import { and, eq, gt, isNull } from 'drizzle-orm'
import { jwtVerify, SignJWT } from 'jose'
import { sessions, users } from '#drizzle/schema/index.ts'
import { newId } from '#lib/ids.ts'
import { DAY } from '#lib/time.ts'
import type { Actor } from '#server/engine/port.ts'
import type { App } from '#server/services/context.ts'

/** Milliseconds a browser session lasts. */
export const SESSION_MS = 14 * DAY
const AUDIENCE = 'scaff-session'

export type UserActor = Extract<Actor, { kind: 'user' }>

/** The cookie that next-auth uses too; `__Secure-` wherever the app is served by https. */
export function sessionCookieName(appUrl: string): string {
  return `${appUrl.startsWith('https:') ? '__Secure-' : ''}next-auth.session-token`
}

/** A row that can be revoked, before the cookie ends. Answers its id, the `sid` of the cookie's token. */
export async function openSession(app: App, userId: string): Promise<string> {
  const id = newId('session')
  const now = app.clock.now()
  const expiresAt = new Date(now.getTime() + SESSION_MS)
  await app.database.db.insert(sessions).values({ id, userId, createdAt: now, expiresAt })
  return id
}

export async function signSession(app: App, sid: string): Promise<string> {
  const now = Math.floor(app.clock.now().getTime() / 1000)
  return new SignJWT({ sid })
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience(AUDIENCE)
    .setIssuedAt(now)
    .setExpirationTime(now + SESSION_MS / 1000)
    .sign(app.keys.derive('session'))
}

/** Who is signed in by this cookie, as of now; null if it is not ours, ended or revoked, or the person was disabled. */
export async function sessionActor(app: App, cookie: string): Promise<{ actor: UserActor; sid: string } | null> {
  const sid = await readSid(app, cookie)
  if (sid === null) return null
  const [user] = await app.database.db
    .select({ id: users.id, email: users.email, name: users.name, role: users.role })
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
  return user === undefined ? null : { actor: { kind: 'user', ...user }, sid }
}

export async function revokeSession(app: App, sid: string): Promise<void> {
  await app.database.db
    .update(sessions)
    .set({ revokedAt: app.clock.now() })
    .where(and(eq(sessions.id, sid), isNull(sessions.revokedAt)))
}

/** The session token among a request's cookies, under either of its names. */
export function readSessionCookie(headers: Headers): string | null {
  for (const part of (headers.get('cookie') ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2)
    if (value && (name === '__Secure-next-auth.session-token' || name === 'next-auth.session-token')) return value
  }
  return null
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
