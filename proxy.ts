import { type NextRequest, NextResponse } from 'next/server'
import { contentSecurityPolicy, PAGE_HEADERS } from '#server/api/page-headers.ts'
import { readSessionCookie } from '#server/auth/session-cookie.ts'

/** Pages for people without an account: set-up, sign-in and its kin, and what mails and public forms link to. */
const PUBLIC = /^\/(setup|login|forgot|reset|invite|a\/[^/]+|f\/[^/]+)(\/.*)?$/

/**
 * Gives each page its headers and a fresh nonce, and sends people without a session cookie to the sign-in page. That is
 * a convenience, not the lock: pages ask who is signed in, and services decide what they may.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl
  if (!PUBLIC.test(pathname) && readSessionCookie(request.headers) === null) {
    const login = new URL('/login', request.nextUrl)
    if (pathname !== '/') login.searchParams.set('returnTo', pathname + search)
    return withHeaders(NextResponse.redirect(login), contentSecurityPolicy(null))
  }
  const nonce = btoa(crypto.randomUUID())
  const policy = contentSecurityPolicy(nonce)
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  // Next reads the nonce for its own scripts from here.
  headers.set('content-security-policy', policy)
  return withHeaders(NextResponse.next({ request: { headers } }), policy)
}

function withHeaders(response: NextResponse, policy: string): NextResponse {
  response.headers.set('content-security-policy', policy)
  for (const [name, value] of Object.entries(PAGE_HEADERS)) response.headers.set(name, value)
  return response
}

export const config = {
  // Everything that is a page: not the API, the docs, the probes, or files.
  matcher: ['/((?!api/|v1/|docs|livez|readyz|metrics|schema/|_next/static|_next/image|[^/]+\\.[a-z0-9]{2,5}$).*)'],
}
