import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { apiKeys, users, workflows } from '#drizzle/schema/index.ts'
import { ScaffError } from '#lib/errors.ts'
import { corpus } from '#lib/testing/corpus.ts'
import { MINUTE } from '#lib/time.ts'
import { openSession, signSession } from '#server/auth/session.ts'
import { revokeApiKey } from '#server/services/api-keys/revoke.ts'
import { SYSTEM, TEST_ORIGIN, type TestApp, testApp } from '#server/testing/app.ts'
import { endpoint } from './endpoint.ts'
import { CLIENT_IP_HEADER } from './request-origin.ts'
import { createApiKey } from './routes/api-keys.ts'
import { putStaticSettings } from './routes/settings.ts'
import { refuse, serve } from './serve.ts'
import { call, keyOf, type TestCall } from './testing.ts'

/** An operation of the test's own: answers what it understood. */
const echo = endpoint({
  id: 'echo',
  method: 'POST',
  path: '/echo',
  tag: 'test',
  summary: 'Echo',
  access: 'settings:read',
  query: z.strictObject({ n: z.coerce.number().optional() }),
  headers: z.object({ 'Idempotency-Key': z.string().max(255).optional() }),
  body: z.strictObject({ text: z.string().optional(), nested: z.strictObject({ a: z.number() }).optional() }),
  bodyLimit: 1000,
  status: [201, 200],
  response: z.object({ who: z.string(), key: z.string().nullable(), n: z.number().nullable() }),
  async run({ ctx, query, headers, body, reply }) {
    if (body.text === 'defect') throw new Error('secret inside: hunter2')
    if (body.text === 'known') {
      const errors = [{ path: 'text', code: 'bad', message: 'Not this.' }]
      throw new ScaffError('workflow.not_found', 'Look elsewhere.', { errors, extra: { hint: 'elsewhere' } })
    }
    if (body.text === 'again') reply.status(200)
    reply.header('Location', '/api/v1/echo/1')
    const who = ctx.actor !== null && 'id' in ctx.actor ? ctx.actor.id : 'nobody'
    return { who, key: headers['Idempotency-Key'] ?? null, n: query.n ?? null, undeclared: 'dropped' }
  },
})

describe('a request', () => {
  let app: TestApp
  let admin: string
  let cookie: string

  beforeAll(async () => {
    app = await testApp()
    admin = await keyOf(app, 'admin')
    await app.database.db
      .insert(users)
      .values({ id: 'usr_ann', email: 'ann@example.com', role: 'admin', passwordHash: 'none' })
    cookie = `next-auth.session-token=${await signSession(app, await openSession(app.context(), 'usr_ann'))}`
  })
  afterAll(() => app.drop())

  const ask = (more: TestCall = {}) => call(app, echo, { key: admin, body: {}, ...more })
  const fromBrowser = (headers: Record<string, string>) =>
    call(app, echo, { body: {}, headers: { cookie, origin: TEST_ORIGIN, 'sec-fetch-site': 'same-origin', ...headers } })

  describe('that fits', () => {
    it('is answered by what its schemas yield, undeclared fields dropped, headers set', async () => {
      const answer = await ask({ query: '?n=3&', headers: { 'idempotency-key': 'k1' } })
      expect(answer.status).toBe(201)
      expect(answer.json).toEqual({ who: expect.stringMatching(/^key_/), key: 'k1', n: 3 })
      expect(answer.headers.get('location')).toBe('/api/v1/echo/1')
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    })

    it('may choose another declared status, send no body, and leave a query empty', async () => {
      expect((await ask({ body: { text: 'again' } })).status).toBe(200)
      expect((await call(app, echo, { key: admin, query: '?n=' })).json.n).toBeNull()
    })

    it('keeps its id, or gets one', async () => {
      expect((await ask({ headers: { 'x-request-id': 'trace-7' } })).headers.get('x-request-id')).toBe('trace-7')
      expect((await ask()).headers.get('x-request-id')).toMatch(/^req_/)
      expect((await ask({ headers: { 'x-request-id': 'a b\tc' } })).headers.get('x-request-id')).toMatch(/^req_/)
    })
  })

  describe('that does not fit', () => {
    it.each([
      [{ body: { text: 1 } }, 422, 'request.invalid', 'text'],
      [{ body: { texts: 'x' } }, 422, 'request.invalid', 'texts'],
      [{ body: { nested: { a: 1, b: 2 } } }, 422, 'request.invalid', 'nested.b'],
      [{ query: '?n=x' }, 422, 'request.invalid', 'n'],
      [{ query: '?n=%00' }, 422, 'request.invalid', undefined],
      [{ params: { id: 'a\0b' } }, 404, 'request.not_found', undefined],
      [{ body: { text: 'a\0b' } }, 400, 'request.malformed', undefined],
      [{ query: '?unknown=1' }, 422, 'request.invalid', 'unknown'],
      [{ query: '?n=1&n=2' }, 422, 'request.invalid', 'n'],
      [{ headers: { 'idempotency-key': 'k'.repeat(256) } }, 422, 'request.invalid', 'Idempotency-Key'],
      [{ body: '[]' }, 422, 'request.invalid', ''],
      [{ body: '{' }, 400, 'request.malformed', undefined],
      [{ body: `{"text":"${'x'.repeat(1000)}"}` }, 413, 'payload.too_large', undefined],
      [{ body: '{}', headers: { 'content-type': 'text/plain' } }, 415, 'payload.unsupported', undefined],
    ])('%j is told so', async (more, status, code, path) => {
      const answer = await ask(more as TestCall)
      expect([answer.status, answer.json.code]).toEqual([status, code])
      expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
      expect(answer.json).toMatchObject({
        status,
        title: expect.any(String),
        detail: expect.any(String),
        type: `urn:scaff:error:${code}`,
      })
      expect(answer.json.request_id).toBe(answer.headers.get('x-request-id'))
      if (path !== undefined) expect(answer.json.errors[0].path).toBe(path)
    })

    it('is refused for who sends it before its body is looked at', async () => {
      expect((await call(app, echo, { body: '{' })).json.code).toBe('auth.required')
      expect((await call(app, echo, { body: '{', key: await keyOf(app, 'viewer') })).json.code).toBe('auth.forbidden')
    })
  })

  describe('that fails', () => {
    it('for a reason of the table says so, with all its members', async () => {
      const answer = await ask({ body: { text: 'known' } })
      expect(answer.status).toBe(404)
      expect(answer.json).toMatchObject({
        code: 'workflow.not_found',
        detail: 'Look elsewhere.',
        hint: 'elsewhere',
        errors: [{ path: 'text', code: 'bad', message: 'Not this.' }],
      })
    })

    it('for a defect of ours leaks nothing and logs it with its stack under the request’s id', async () => {
      const answer = await ask({ body: { text: 'defect' }, headers: { 'x-request-id': 'trace-defect' } })
      expect([answer.status, answer.json.code]).toEqual([500, 'internal'])
      expect(answer.text).not.toMatch(/hunter2|serve\.ts|Error:/)
      const line = app.lines.find((text) => text.includes('trace-defect') && text.includes('request failed'))
      expect(line).toContain('hunter2')
      expect(line).toContain('serve.int.test.ts')
    })

    it('with an answer against its schema in tests, and is only logged in production', async () => {
      const wrong = { ...echo, run: async () => ({ who: 1 }) }
      const send = (strictAnswers: boolean) =>
        serve(
          app,
          wrong,
          new Request('http://x.invalid/api/v1/echo', { method: 'POST', headers: { 'x-api-key': admin } }),
          {},
          { strictAnswers },
        )
      expect((await send(true)).status).toBe(500)
      const lenient = await send(false)
      expect([lenient.status, await lenient.json()]).toEqual([201, { who: 1 }])
      expect(app.lines.some((line) => line.includes('answer against its schema'))).toBe(true)
    })
  })

  describe('says who sends it', () => {
    it('by a key in either header', async () => {
      expect((await ask()).status).toBe(201)
      expect((await call(app, echo, { body: {}, headers: { 'x-api-key': admin } })).status).toBe(201)
      expect((await call(app, echo, { body: {}, headers: { authorization: `bearer ${admin}` } })).status).toBe(201)
    })

    it.each([
      ['authorization', 'Bearer null'],
      ['authorization', 'Bearer undefined'],
      ['authorization', 'Bearer '],
      ['authorization', 'Basic Og=='],
      ['authorization', 'Bearer scf_wrong'],
      ['authorization', 'Bearer a.b.c'],
      ['authorization', ''],
      ['x-api-key', 'null'],
      ['x-api-key', ''],
    ])('and is refused by %s: %s, also with a good cookie beside it', async (name, value) => {
      const answer = await fromBrowser({ [name]: value })
      expect([answer.status, answer.json.code]).toEqual([401, 'auth.invalid'])
    })

    it('and not by a key that is revoked or has expired', async () => {
      const key = await keyOf(app, 'editor')
      expect((await ask({ key })).status).toBe(201)
      const [row] = await app.database.db
        .select()
        .from(apiKeys)
        .where(eq(apiKeys.hint, key.slice(-4)))
      await revokeApiKey({ ctx: app.context(SYSTEM), input: { id: row?.id ?? '' } })
      expect((await ask({ key })).status).toBe(401)
      const soon = new Date(app.clock.now().getTime() + MINUTE).toISOString()
      const made = await call(app, createApiKey, {
        key: admin,
        body: { name: 'brief', role: 'editor', expires_at: soon },
      })
      expect((await ask({ key: made.json.key })).status).toBe(201)
      app.clock.pass(2 * MINUTE)
      expect((await ask({ key: made.json.key })).status).toBe(401)
    })

    it('and a key’s last use is kept', async () => {
      const key = await keyOf(app, 'editor')
      await ask({ key })
      const [row] = await app.database.db
        .select()
        .from(apiKeys)
        .where(eq(apiKeys.hint, key.slice(-4)))
      expect(row?.lastUsedAt).toEqual(app.clock.now())
    })
  })

  describe('by a browser’s session', () => {
    it('changes something only from our own pages', async () => {
      expect((await fromBrowser({})).json).toMatchObject({ who: 'usr_ann' })
    })

    it.each<Record<string, string>>([
      { origin: 'https://scaff.example.attacker.example' },
      { origin: 'http://scaff.example' },
      { origin: 'https://scaff.example:8443' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
    ])('is refused with %j', async (headers) => {
      const answer = await fromBrowser(headers)
      expect([answer.status, answer.json.code]).toEqual([403, 'auth.origin_refused'])
    })

    it('is refused where the browser names no origin', async () => {
      expect((await call(app, echo, { body: {}, headers: { cookie } })).json.code).toBe('auth.origin_refused')
    })

    it('needs no origin with a key, which no foreign page has', async () => {
      expect(
        (await ask({ headers: { origin: 'https://attacker.example', 'sec-fetch-site': 'cross-site' } })).status,
      ).toBe(201)
    })
  })

  describe('carries headers of the corpus', () => {
    /** What they aim at is not there: webhooks in, uploads, and server actions, which Next answers. */
    const ELSEWHERE = ['empty signature', 'stale timestamp', 'unknown server action']
    const { attacks } = corpus('header')

    it.each(attacks.filter(({ why }) => !ELSEWHERE.some((start) => why.startsWith(start))))('$why', async (item) => {
      const [name = '', ...rest] = item.payload.split(': ')
      const answer = await fromBrowser({ [name]: rest.join(': ') })
      expect(answer.status).toBeLessThan(500)
      if (item.expect === 'reject') expect(answer.status).toBeGreaterThanOrEqual(400)
      else expect(answer.json).toMatchObject({ who: 'usr_ann' })
      expect(JSON.stringify([...answer.headers])).not.toContain('attacker')
      expect(await app.database.db.$count(workflows)).toBe(0)
    })
  })

  describe('is counted', () => {
    const limited = async (rate_limit: number) => {
      const { json } = await call(app, createApiKey, {
        key: admin,
        body: { name: 'limited', role: 'editor', rate_limit },
      })
      return json.key as string
    }

    it('against its key’s limit, which the answer tells', async () => {
      const key = await limited(2)
      const answers = [await ask({ key }), await ask({ key }), await ask({ key })]
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 429])
      expect(answers.map(({ headers }) => headers.get('ratelimit-remaining'))).toEqual(['1', '0', '0'])
      expect(answers[0]?.headers.get('ratelimit-limit')).toBe('2')
      const retryAfter = Number(answers[2]?.headers.get('retry-after'))
      expect(retryAfter).toBeGreaterThan(0)
      expect(retryAfter).toBeLessThanOrEqual(60)
      expect(answers[2]?.json).toMatchObject({ code: 'rate_limit.exceeded', retry_after: retryAfter })
      app.clock.pass(MINUTE)
      expect((await ask({ key })).status).toBe(201)
    })

    it('with 600 a minute by default and 5,000 for admin', async () => {
      expect((await ask()).headers.get('ratelimit-limit')).toBe('5000')
      expect((await ask({ key: await keyOf(app, 'editor') })).headers.get('ratelimit-limit')).toBe('600')
    })

    it('by address where nobody or a wrong key sends it, so that keys cannot be guessed', async () => {
      const guess = (ip: string) => call(app, echo, { body: {}, key: 'scf_guess', headers: { [CLIENT_IP_HEADER]: ip } })
      for (let i = 0; i < 300; i++) await guess('203.0.113.5')
      expect((await guess('203.0.113.5')).status).toBe(429)
      expect((await guess('203.0.113.6')).status).toBe(401)
    })
  })

  it('from a listed origin may be read there, from another not', async () => {
    const other = await testApp({ CORS_ORIGINS: 'https://tools.example', LOG_LEVEL: 'silent' })
    try {
      const send = (origin: string) =>
        refuse(
          other,
          new Request('http://x.invalid', { headers: { origin } }),
          new ScaffError('request.not_found', 'No.'),
        )
      const allowed = send('https://tools.example').headers
      expect(allowed.get('access-control-allow-origin')).toBe('https://tools.example')
      expect(allowed.get('access-control-allow-credentials')).toBeNull()
      expect(send('https://tools.example.attacker.example').headers.get('access-control-allow-origin')).toBeNull()
    } finally {
      await other.drop()
    }
  })

  it('of a settings route refuses reserved names and changes nothing then', async () => {
    const body = '{"fine":1,"__proto__":{"polluted":1}}'
    const answer = await call(app, putStaticSettings, { key: admin, body })
    expect(answer.status).toBe(422)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    expect((await call(app, putStaticSettings, { key: admin, body: {} })).json).toEqual({})
  })
})
