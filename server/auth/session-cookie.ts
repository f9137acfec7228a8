import { DAY } from '#lib/time.ts'

/** Seconds a browser session lasts. */
export const SESSION_SECONDS = (14 * DAY) / 1000
const COOKIE = 'next-auth.session-token'

/** The cookie that next-auth reads and writes too; `__Secure-` wherever the app is served by https. */
export function sessionCookie(appUrl: string) {
  const secure = appUrl.startsWith('https:')
  return {
    name: secure ? `__Secure-${COOKIE}` : COOKIE,
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure, maxAge: SESSION_SECONDS },
  } as const
}

/** The session token among a request's cookies, under either of its names. */
export function readSessionCookie(headers: Headers): string | null {
  for (const part of (headers.get('cookie') ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2)
    if (value && (name === `__Secure-${COOKIE}` || name === COOKIE)) return value
  }
  return null
}
