import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { users } from '#drizzle/schema/index.ts'
import { openSession, signSession } from '#server/auth/session.ts'
import { TEST_ORIGIN, type TestApp, testApp } from '#server/testing/app.ts'
import { holdApp } from './app.ts'
import { keyOf } from './testing.ts'
import { serveTrpc } from './trpc-route.ts'

describe('the browser’s calls', () => {
  let app: TestApp
  let cookie: string

  beforeAll(async () => {
    app = await testApp()
    holdApp(app)
    await app.database.db
      .insert(users)
      .values({ id: 'usr_ann', email: 'ann@example.com', role: 'admin', passwordHash: 'none' })
    cookie = `next-auth.session-token=${await signSession(app, await openSession(app.context(), 'usr_ann'))}`
  })
  afterAll(async () => {
    globalThis.scaffApp = undefined
    await app.drop()
  })

  const ask = async (path: string, init: { body?: unknown; headers?: Record<string, string> } = {}) => {
    const response = await serveTrpc(
      new Request(`http://x.invalid/api/trpc/${path}`, {
        method: init.body === undefined ? 'GET' : 'POST',
        headers: { 'content-type': 'application/json', ...init.headers },
        ...(init.body === undefined
          ? {}
          : { body: typeof init.body === 'string' ? init.body : JSON.stringify(init.body) }),
      }),
    )
    return { status: response.status, headers: response.headers, json: await response.json() }
  }
  const set = (headers: Record<string, string>) =>
    ask('settings.setConstant', { body: { name: 'a', value: 1 }, headers })

  it('are answered for who is signed in, counted and never cached', async () => {
    const answer = await ask('members.me', { headers: { cookie } })
    expect(answer.json.result.data).toMatchObject({
      email: 'ann@example.com',
      permissions: expect.arrayContaining(['member:manage']),
    })
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('ratelimit-limit')).toBe('5000')
  })

  it('carry the problem document where they fail', async () => {
    const answer = await ask('members.me')
    expect(answer.status).toBe(401)
    expect(answer.json.error.data.problem).toMatchObject({
      code: 'auth.required',
      status: 401,
      request_id: expect.any(String),
    })
    const unknown = await ask('no.such')
    expect(unknown.json.error.data.problem.code).toBe('request.not_found')
  })

  it('change something only from our own pages, or with a key', async () => {
    expect((await set({ cookie, origin: TEST_ORIGIN })).status).toBe(200)
    const refused = [
      { cookie },
      { cookie, origin: 'https://scaff.example.attacker.example' },
      { origin: 'https://attacker.example' },
    ]
    for (const headers of [...refused, { cookie, origin: TEST_ORIGIN, 'sec-fetch-site': 'cross-site' }]) {
      const answer = await set(headers as Record<string, string>)
      expect([answer.status, answer.json.error.data.problem.code]).toEqual([403, 'auth.origin_refused'])
    }
    expect((await set({ 'x-api-key': await keyOf(app, 'admin') })).status).toBe(200)
    expect((await set({ 'x-api-key': 'scf_wrong', cookie, origin: TEST_ORIGIN })).status).toBe(401)
  })

  it('never change anything by GET', async () => {
    const input = encodeURIComponent(JSON.stringify({ name: 'by_get', value: 1 }))
    const answer = await ask(`settings.setConstant?input=${input}`, { headers: { cookie, origin: TEST_ORIGIN } })
    expect([answer.status, answer.json.error.data.problem.code]).toEqual([405, 'request.method_not_allowed'])
  })

  it.each([
    ['a reserved name', '{"name":"a","value":{"__proto__":1}}'],
    ['a NUL', '{"name":"a","value":"\\u0000"}'],
    ['half a surrogate pair', '{"name":"a","value":"\\ud800"}'],
    ['what is not JSON', '{'],
    ['a bottomless nest', `{"name":"a","value":${'['.repeat(200)}${']'.repeat(200)}}`],
    ['a megabyte', `{"name":"a","value":"${'x'.repeat(1_000_000)}"}`],
  ])('take no %s', async (_what, body) => {
    const headers = { cookie, origin: TEST_ORIGIN }
    const answer = await ask('settings.setConstant', { body, headers })
    expect([400, 413, 422]).toContain(answer.status)
    expect(answer.json.error.data.problem.detail).toEqual(expect.any(String))
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    const asked = await ask(`settings.constants?input=${encodeURIComponent(body.slice(0, 4000))}`, { headers })
    expect([400, 422]).toContain(asked.status)
  })

  it('are JSON, so that no form of another site can make one', async () => {
    const headers = { cookie, origin: TEST_ORIGIN, 'content-type': 'text/plain' }
    expect((await ask('settings.setConstant', { body: { name: 'a', value: 1 }, headers })).status).toBe(415)
  })

  it('leak nothing of a defect, and log it with its stack', async () => {
    await app.database.db.execute(sql`alter table constants rename to hidden_away`)
    try {
      const answer = await ask('settings.constants', { headers: { cookie, 'x-request-id': 'trace-trpc' } })
      expect([answer.status, answer.json.error.data.problem.code]).toEqual([500, 'internal'])
      expect(JSON.stringify(answer.json)).not.toMatch(/constants"|relation|select|stack/)
      expect(app.lines.some((line) => line.includes('trace-trpc') && line.includes('settings.constants'))).toBe(true)
    } finally {
      await app.database.db.execute(sql`alter table hidden_away rename to constants`)
    }
  })
})
