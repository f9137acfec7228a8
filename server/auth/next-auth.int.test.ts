import type { NextApiRequest, NextApiResponse } from 'next'
import NextAuth from 'next-auth'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { users } from '#drizzle/schema/index.ts'
import { TEST_ORIGIN, type TestApp, testApp } from '#server/testing/app.ts'
import { nextAuthOptions } from './next-auth.ts'
import { hashPassword } from './password.ts'

const PASSWORD = 'correct horse battery'
const SESSION = '__Secure-next-auth.session-token'

describe('next-auth', () => {
  let app: TestApp

  beforeAll(async () => {
    vi.stubEnv('NEXTAUTH_URL', TEST_ORIGIN)
    app = await testApp({ LOG_LEVEL: 'debug' })
    const passwordHash = await hashPassword(PASSWORD)
    await app.database.db
      .insert(users)
      .values({ id: 'usr_ann', email: 'ann@example.com', role: 'editor', passwordHash })
  })
  afterAll(async () => {
    vi.unstubAllEnvs()
    await app.drop()
  })

  /** The browser's cookies. */
  const jar = new Map<string, string>()

  /**
   * Sends a request as a browser would, keeping the cookies of the answer. In the form for plain handlers, which reads
   * them from the request; the one for routes asks Next, which is not here.
   */
  const send = async (path: string, body: Record<string, string> = {}) => {
    let status = 200
    let json: Record<string, unknown> = {}
    const headers = new Map<string, string | string[]>()
    const answer = (value: Record<string, unknown>) => {
      json = value
    }
    const response = {
      status: (code: number) => {
        status = code
        return response
      },
      setHeader: (name: string, value: string | string[]) => {
        headers.set(name.toLowerCase(), value)
        return response
      },
      getHeader: (name: string) => headers.get(name.toLowerCase()),
      json: answer,
      send: answer,
      end: () => {},
    }
    const request = {
      method: Object.keys(body).length === 0 ? 'GET' : 'POST',
      query: { nextauth: path.split('/') },
      headers: { host: 'forged.example', 'x-forwarded-host': 'forged.example' },
      cookies: Object.fromEntries(jar),
      body,
    }
    await NextAuth(
      request as unknown as NextApiRequest,
      response as unknown as NextApiResponse,
      nextAuthOptions(app.context()),
    )
    const cookies = [headers.get('set-cookie') ?? []].flat()
    for (const cookie of cookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (value === '') jar.delete(name)
      else jar.set(name, decodeURIComponent(value))
    }
    return { status, json, cookies }
  }
  const csrfToken = async () => String((await send('csrf')).json.csrfToken)
  const signIn = async (more: Record<string, string> = {}) =>
    send('callback/credentials', {
      csrfToken: await csrfToken(),
      json: 'true',
      email: 'ann@example.com',
      password: PASSWORD,
      ...more,
    })

  it('signs in with a password and tells who is signed in', async () => {
    expect((await signIn()).status).toBe(200)
    expect((await send('session')).json).toMatchObject({
      user: { id: 'usr_ann', email: 'ann@example.com', role: 'editor' },
    })
  })

  it('keeps its cookie from scripts, and puts neither secret nor role into it', async () => {
    const { cookies } = await signIn()
    const cookie = cookies.find((text) => text.startsWith(SESSION)) ?? ''
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/Secure/)
    expect(cookie).toMatch(/SameSite=Lax/)
    const claims = JSON.parse(Buffer.from(jar.get(SESSION)?.split('.')[1] ?? '', 'base64url').toString())
    expect(Object.keys(claims).toSorted()).toEqual(['aud', 'exp', 'iat', 'sid'])
  })

  it('signs out for good', async () => {
    await signIn()
    const old = jar.get(SESSION) ?? ''
    await send('signout', { csrfToken: await csrfToken(), json: 'true' })
    expect(jar.has(SESSION)).toBe(false)
    jar.set(SESSION, old)
    expect((await send('session')).json).toEqual({})
    expect(app.lines.some((line) => line.includes('JWT_SESSION_ERROR') && !line.includes('"level":"debug"'))).toBe(
      false,
    )
  })

  it('refuses a wrong password, and a sign-in without its form', async () => {
    jar.clear()
    expect(await signIn({ password: 'wrong wrong' })).toMatchObject({ status: 401 })
    const forged = await send('callback/credentials', {
      csrfToken: 'forged',
      json: 'true',
      email: 'ann@example.com',
      password: PASSWORD,
    })
    expect(String(forged.json.url)).toContain('csrf=true')
    expect(jar.has(SESSION)).toBe(false)
  })

  it('says so when it was tried too often', async () => {
    for (let i = 0; i < 10; i++) await signIn({ email: 'bob@example.com', password: 'wrong wrong' })
    const { json } = await signIn({ email: 'bob@example.com', password: 'wrong wrong' })
    expect(new URL(String(json.url)).searchParams.get('error')).toBe('rate_limit.exceeded')
  })

  it('sends nobody to another site, and takes no address from the request', async () => {
    for (const callbackUrl of ['https://attacker.example/', '//attacker.example', 'http://forged.example/']) {
      expect(new URL(String((await signIn({ callbackUrl })).json.url)).origin).toBe(TEST_ORIGIN)
    }
  })
})
