import { NextRequest } from 'next/server'
import { describe, expect, it } from 'vitest'
import { config, proxy } from './proxy.ts'

const open = (path: string, headers: Record<string, string> = {}) =>
  proxy(new NextRequest(`http://localhost:3000${path}`, { headers }))
const SIGNED_IN = { cookie: 'a=b; next-auth.session-token=x.y.z' }
const redirect = (path: string) => open(path).headers.get('location')?.replace('http://localhost:3000', '') ?? null

describe('a page', () => {
  it.each(['/', '/runs', '/workflows/wf_1', '/settings', '/inbox', '/loginx', '/a', '/f/', '/setups'])(
    'at %s is for signed-in people',
    (path) => {
      expect(redirect(path)).toMatch(/^\/login/)
      expect(open(path, SIGNED_IN).headers.get('location')).toBeNull()
    },
  )

  it.each(['/login', '/setup?token=x', '/forgot', '/reset?token=x', '/invite?token=x', '/a/abc.def', '/f/abc'])(
    'at %s is for everybody',
    (path) => {
      expect(redirect(path)).toBeNull()
    },
  )

  it('is come back to after signing in, with its query', () => {
    expect(redirect('/runs?status=failed&q=a%26b')).toBe('/login?returnTo=%2Fruns%3Fstatus%3Dfailed%26q%3Da%2526b')
    expect(redirect('/')).toBe('/login')
  })

  it('has a nonce of its own, named by its policy and passed on to rendering', () => {
    const nonces = [open('/login'), open('/login')].map((response) => {
      const policy = response.headers.get('content-security-policy') ?? ''
      const [, nonce] = /script-src 'self' 'nonce-([^']+)' 'strict-dynamic';/.exec(policy) ?? []
      expect(response.headers.get('x-middleware-request-x-nonce')).toBe(nonce)
      expect(response.headers.get('x-middleware-request-content-security-policy')).toBe(policy)
      return nonce
    })
    expect(nonces[0]).not.toBe(nonces[1])
  })

  it('is framed by nobody, loads nothing from elsewhere, and says little of where one came from', () => {
    const { headers } = open('/login')
    const policy = headers.get('content-security-policy')
    for (const rule of ["default-src 'self'", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'"]) {
      expect(policy).toContain(rule)
    }
    expect(policy).not.toMatch(/script-src[^;]*unsafe|https?:/)
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('does not lose its policy by a dot in its address, as a file would', () => {
    const pages = new RegExp(`^${config.matcher[0]}$`)
    for (const page of ['/', '/runs', '/a/x.css', '/workflows/a.png']) expect(page).toMatch(pages)
    for (const file of [
      '/icon.svg',
      '/_next/static/x.js',
      '/api/v1/workflows',
      '/v1/x',
      '/docs',
      '/livez',
      '/readyz',
    ]) {
      expect(file).not.toMatch(pages)
    }
  })
})
