import type { NextRequest } from 'next/server'
import NextAuth, { type AuthOptions } from 'next-auth'
import CredentialsProvider from 'next-auth/providers/credentials'
import { getApp } from '#server/api/app.ts'
import { serviceContext } from '#server/api/context.ts'
import { isScaffError } from '#server/api/error-map.ts'
import { signIn } from '#server/services/accounts/sign-in.ts'
import type { App, ServiceContext } from '#server/services/context.ts'
import { openSession, revokeSession, sessionActor, signSession } from './session.ts'
import { SESSION_SECONDS } from './session-cookie.ts'

/** Bytes of a sign-in form. */
const BODY_LIMIT = 10_000

interface RouteContext {
  readonly params: Promise<{ nextauth: string[] }>
}

/** Answers /api/auth/*: sign-in with credentials, sign-out, the session. Its origin is NEXTAUTH_URL, which start-up sets from APP_URL. */
export async function serveNextAuth(request: NextRequest, context: RouteContext): Promise<Response> {
  const ctx = serviceContext(getApp(), request.headers, null)
  // The library reads a body of any size into memory.
  if (request.method === 'POST' && !(Number(request.headers.get('content-length') ?? 'NaN') <= BODY_LIMIT)) {
    return new Response(null, { status: 413 })
  }
  return NextAuth(request, context, nextAuthOptions(ctx))
}

/**
 * Sessions are next-auth's JWT cookie with one claim, `sid`: the row in `sessions` it stands for. What a token says is
 * read from that row each time, so a role, a sign-out and a disabled account hold at once.
 */
export function nextAuthOptions(ctx: ServiceContext): AuthOptions {
  const { app } = ctx
  return {
    secret: Buffer.from(app.keys.derive('next-auth')).toString('base64url'),
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    useSecureCookies: app.env.appUrl.startsWith('https:'),
    pages: { signIn: '/login', signOut: '/login', error: '/login' },
    providers: [
      CredentialsProvider({
        name: 'Scaff',
        credentials: { email: { label: 'E-mail', type: 'email' }, password: { label: 'Password', type: 'password' } },
        authorize: (credentials) => authorizeCredentials(ctx, credentials),
      }),
    ],
    jwt: {
      encode: async ({ token }) => (typeof token?.sid === 'string' ? signSession(app, token.sid) : ''),
      decode: async ({ token }) => {
        const session = token ? await sessionActor(app, token) : null
        return session === null ? null : { sid: session.sid, ...claimsOf(session.actor) }
      },
    },
    callbacks: {
      jwt: async ({ token, user }) => (user ? { ...token, sid: await openSession(ctx, user.id) } : token),
      session: ({ session, token }) => ({
        ...session,
        user: { id: token.sub, email: token.email, name: token.name, role: token.role },
      }),
    },
    events: {
      signOut: async ({ token }) => {
        if (typeof token?.sid === 'string') await revokeSession(ctx, token.sid)
      },
    },
    logger: logger(app),
  }
}

/** Wrong credentials are null; the code of any other expected error reaches the sign-in page as `?error=`. */
async function authorizeCredentials(ctx: ServiceContext, credentials: Record<string, string> | undefined) {
  try {
    const input = { email: credentials?.email ?? '', password: credentials?.password ?? '' }
    const { id, email, name, role } = await signIn({ ctx, input })
    return { id, email, name, role }
  } catch (thrown) {
    if (!isScaffError(thrown)) throw thrown
    if (thrown.code === 'rate_limit.exceeded') throw new Error(thrown.code)
    return null
  }
}

function claimsOf({ id, email, name, role }: { id: string; email: string; name: string | null; role: string }) {
  return { sub: id, email, name, role }
}

/** Codes only: what next-auth passes along may hold what somebody typed. */
function logger({ log }: App): AuthOptions['logger'] {
  return {
    // A session that has ended is no error of anybody's.
    error: (code) => (code === 'JWT_SESSION_ERROR' ? log.debug : log.error)({ code }, 'next-auth'),
    warn: (code) => log.warn({ code }, 'next-auth'),
    debug: () => {},
  }
}
