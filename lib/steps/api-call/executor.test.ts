import { describe, expect, it } from 'vitest'
import type { JsonObject } from '#lib/json.ts'
import type { HttpAnswer, HttpRequest, StepContext } from '#lib/steps/kit.ts'
import { corpus } from '#lib/testing/corpus.ts'
import { ApiCallConfig } from './definition.ts'
import { executeApiCall } from './executor.ts'

const NOW = '2026-03-01T09:30:00.000Z'
const OK: HttpAnswer = { ok: true, status: 200, headers: { 'content-type': 'application/json' }, body: '{"id":7}' }

interface Made {
  readonly roots?: StepContext['scope']['roots']
  readonly answer?: HttpAnswer
  readonly violations?: readonly { path: string; message: string }[]
}

/** Executes one call against an answer, and gives what was sent and what came of it. */
async function execute(config: JsonObject, { roots = {}, answer = OK, violations = [] }: Made = {}) {
  const sent: HttpRequest[] = []
  const parsed = ApiCallConfig.parse({ url: 'https://api.example.com/', ...config })
  const none = () => Promise.reject(new Error('not used by this step'))
  const result = await executeApiCall({
    step: {
      id: 'call',
      type: 'api_call',
      name: null,
      next: null,
      when: null,
      retry: null,
      timeout_ms: null,
      on_error: null,
      output_key: null,
      config: {},
    },
    config: parsed,
    scope: { roots, now: NOW },
    activity: { path: 'root', step: 'call', visit: 1, attempt: 1, epoch: 1 },
    idempotencyKey: 'run_1:root:call:1:1',
    requestId: 'req_1',
    signal: new AbortController().signal,
    feedback: null,
    ai: { generate: none },
    http: {
      async request(request) {
        sent.push(request)
        return answer
      },
    },
    schemas: { validate: async () => violations },
    prompts: { get: none },
  })
  return { result, request: sent[0], sent }
}

async function refusedWith(config: JsonObject, code: string, made: Made = {}): Promise<string> {
  const { result, sent } = await execute(config, made)
  expect(sent).toEqual([])
  expect(result).toMatchObject({ ok: false, error: { code, retryable: false } })
  return result.ok ? '' : result.error.message
}

describe('a call', () => {
  it('is sent with its idempotency key and request id, and answers status, headers and parsed body', async () => {
    const { result, request } = await execute({ method: 'POST', body: { title: 'Hello' }, timeout_ms: 10_000 })
    expect(request).toMatchObject({
      method: 'POST',
      url: 'https://api.example.com/',
      body: '{"title":"Hello"}',
      timeout_ms: 10_000,
      headers: {
        'content-type': 'application/json',
        'idempotency-key': 'run_1:root:call:1:1',
        'x-request-id': 'req_1',
      },
    })
    expect(result).toMatchObject({
      ok: true,
      output: { status: 200, headers: { 'content-type': 'application/json' }, body: { id: 7 } },
    })
  })

  it('without a body names no content type, and its own headers win over ours', async () => {
    const { request } = await execute({
      headers: { 'Idempotency-Key': 'mine', Accept: 'text/csv', 'X-N': 2, 'X-No': null },
    })
    expect(request?.body).toBeNull()
    expect(request?.headers).toMatchObject({ 'idempotency-key': 'mine', accept: 'text/csv', 'x-n': '2' })
    expect(request?.headers).not.toHaveProperty('content-type')
    expect(request?.headers).not.toHaveProperty('x-no')
  })

  it.each([
    ['text/plain', 'ok', 'ok'],
    ['application/json', '', null],
    ['application/problem+json; charset=utf-8', '{"a":[1]}', { a: [1] }],
    ['application/json', '{"a":', '{"a":'],
  ])('reads %s %j as %j', async (type, body, expected) => {
    const { result } = await execute({}, { answer: { ok: true, status: 200, headers: { 'content-type': type }, body } })
    expect(result).toMatchObject({ ok: true, output: { body: expected } })
  })
})

describe('the url', () => {
  const url = async (template: string, roots: StepContext['scope']['roots']) =>
    (await execute({ url: template }, { roots })).request?.url

  it('keeps slashes of constants and secrets, and makes one segment of everything else', async () => {
    const roots = {
      static: { id: 'T00/B00/x y' },
      secrets: { S: 'a/b' },
      env: { E: 'c/d' },
      runtime: { topic: 'e/f?g#h' },
    }
    expect(await url('https://h.com/s/{{static.id}}', roots)).toBe('https://h.com/s/T00/B00/x%20y')
    expect(await url('https://h.com/{{secrets.S}}/{{env.E}}', roots)).toBe('https://h.com/a/b/c/d')
    expect(await url('https://h.com/{{topic}}/x', roots)).toBe('https://h.com/e%2Ff%3Fg%23h/x')
    expect(await url('https://h.com/{{ [static.id, topic] | join }}', roots)).toBe(
      'https://h.com/T00%2FB00%2Fx%20ye%2Ff%3Fg%23h',
    )
  })

  it('encodes values of the query, written or given apart', async () => {
    const roots = { runtime: { q: 'a&b=c d', tags: ['x', 'y'], none: null, n: 3 } }
    expect(await url('https://h.com/?q={{q}}', roots)).toBe('https://h.com/?q=a%26b%3Dc%20d')
    const query = { q: '{{q}}', tag: '{{tags}}', none: '{{none}}', n: '{{n}}', flag: true }
    const made = (at: string) => execute({ url: at, query }, { roots })
    const added = 'q=a%26b%3Dc%20d&tag=x&tag=y&n=3&flag=true'
    expect((await made('https://h.com/')).request?.url).toBe(`https://h.com/?${added}`)
    expect((await made('https://h.com/?a=1#top')).request?.url).toBe(`https://h.com/?a=1&${added}#top`)
    await refusedWith({ query: { filter: { a: 1 } } }, 'http.request_invalid')
  })

  it('may begin with a whole address, and take a host', async () => {
    const roots = {
      static: { base: 'https://cms.example.com/api' },
      runtime: { host: 'shop.example.com:8443', next: 'https://h.com/p?page=2' },
    }
    expect(await url('{{static.base}}/posts/{{host}}', roots)).toBe(
      'https://cms.example.com/api/posts/shop.example.com%3A8443',
    )
    expect(await url('https://{{host}}/x', roots)).toBe('https://shop.example.com:8443/x')
    expect(await url('{{next}}', roots)).toBe('https://h.com/p?page=2')
  })

  it('refuses what would leave its place', async () => {
    const at = (template: string, value: string) =>
      refusedWith({ url: template }, 'http.url_invalid', { roots: { runtime: { v: value } } })
    for (const value of ['evil.com/x', 'user@evil.com', 'evil.com#', 'evil.com?x', '[::1]', '', 'a b', 'a\nb']) {
      await at('https://{{v}}.example.com/', value)
    }
    for (const value of ['ftp://h.com', 'javascript:alert(1)', '//evil.com', 'h.com']) await at('{{v}}', value)
    for (const value of ['.', '%2e', '.%2E']) await at('https://h.com/a/.{{v}}/b'.replace('.{{v}}', value), value)
    const roots = { static: { path: 'a/../../admin' }, runtime: { v: '..', dot: '.' } }
    for (const url of ['https://h.com/x/{{static.path}}', 'https://h.com/x/{{v}}', 'https://h.com/a/.{{dot}}/b']) {
      const { result, sent } = await execute({ url }, { roots })
      expect(sent).toEqual([])
      expect(result.ok).toBe(false)
    }
  })

  it('keeps the depth of the path whatever people write', async () => {
    for (const { payload } of [...corpus('template').attacks, ...corpus('url').attacks]) {
      const { request } = await execute(
        { url: 'https://h.com/a/{{v}}/b?q={{v}}' },
        { roots: { runtime: { v: payload } } },
      )
      const made = new URL(request?.url ?? '')
      expect(made.host).toBe('h.com')
      expect(made.pathname.split('/')).toHaveLength(4)
      expect([...made.searchParams]).toEqual([['q', payload.toWellFormed()]])
      expect(decodeURIComponent(made.pathname.split('/')[2] ?? '')).toBe(payload.toWellFormed())
    }
  })

  it('does not let data choose who receives a secret', async () => {
    const roots = {
      runtime: { v: 'https://evil.com', h: 'evil.com' },
      secrets: { KEY: 'canary' },
      env: { KEY: 'canary' },
    }
    const secret = { headers: { Authorization: 'Bearer {{secrets.KEY}}' } }
    const calls: JsonObject[] = [
      { url: '{{v}}/x', ...secret },
      { url: 'https://{{h}}/x', ...secret },
      { url: 'https://{{h}}/x', method: 'POST', body: { key: '{{env.KEY}}' } },
      { url: 'https://{{h}}/x', query: { key: '{{env.KEY}}' } },
      { url: 'https://{{h}}/{{env.KEY}}' },
    ]
    for (const call of calls) {
      const message = await refusedWith(call, 'http.url_invalid', { roots })
      expect(message).not.toContain('canary')
      expect(message).toContain('static')
    }
    const trusted = { roots: { ...roots, static: { base: 'https://cms.example.com' } } }
    expect((await execute({ url: '{{static.base}}/{{h}}', ...secret }, trusted)).result.ok).toBe(true)
  })
})

describe('headers', () => {
  it('refuse line breaks, framing and what no header can hold', async () => {
    for (const { payload } of corpus('template').attacks.filter(({ why }) => /header value|display name/.test(why))) {
      await refusedWith({ headers: { 'X-Name': '{{v}}' } }, 'http.header_invalid', {
        roots: { runtime: { v: payload } },
      })
    }
    for (const v of ['abc\n', 'a\nb', 'a\rb', 'a\0b', '日本']) {
      const message = await refusedWith({ headers: { 'X-Name': 'x{{v}}' } }, 'http.header_invalid', {
        roots: { runtime: { v } },
      })
      expect(message).toContain('X-Name')
    }
    for (const name of [
      'Host',
      'Content-Length',
      'Transfer-Encoding',
      'Connection',
      'Upgrade',
      'bad name',
      'a:b',
      '',
    ]) {
      await refusedWith({ headers: { [name]: 'x' } }, 'http.header_invalid')
    }
    await refusedWith({ headers: { 'X-A': '1', 'x-a': '2' } }, 'http.header_invalid')
  })

  it('of the corpus reach the other side as they are or not at all', async () => {
    for (const { payload } of corpus('header').attacks) {
      const [name = '', ...value] = payload.split(':')
      const { result, request } = await execute({ headers: { [name]: value.join(':') } })
      if (result.ok) expect(request?.headers[name.toLowerCase()]).toBe(value.join(':').trim())
      else expect(result.error.code).toBe('http.header_invalid')
    }
  })
})

describe('the body', () => {
  const body = async (config: JsonObject, runtime: JsonObject) =>
    (await execute({ method: 'POST', ...config }, { roots: { runtime } })).request

  it('keeps the types of an object', async () => {
    const sent = await body(
      { body: { tags: '{{tags}}', n: '{{n}}', text: 'n={{n}}', deep: [{ t: '{{t}}' }] } },
      { tags: ['a'], n: 3, t: true },
    )
    expect(JSON.parse(sent?.body ?? '')).toEqual({ tags: ['a'], n: 3, text: 'n=3', deep: [{ t: true }] })
  })

  it('written as text is JSON where it looks like it, with every value in its place', async () => {
    const template = '{"n":"{{v}}","raw":{{v}},"list":{{list}},"again":{{ list | tojson }},"yes":{{yes}}}'
    for (const { payload } of corpus('template').attacks) {
      const sent = await body({ body: template }, { v: payload, list: [1, 'a"b'], yes: true })
      expect(sent?.headers['content-type']).toBe('application/json')
      expect(JSON.parse(sent?.body ?? '')).toEqual({
        n: payload,
        raw: payload,
        list: [1, 'a"b'],
        again: [1, 'a"b'],
        yes: true,
      })
    }
  })

  it('that is one expression is sent as what it is', async () => {
    expect(await body({ body: '{{v}}' }, { v: { a: 1 } })).toMatchObject({
      body: '{"a":1}',
      headers: { 'content-type': 'application/json' },
    })
    expect(await body({ body: '{{v}}' }, { v: 'a "text"' })).toMatchObject({
      body: 'a "text"',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
    })
  })

  it('follows the content type that the author names', async () => {
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
    expect((await body({ headers: form, body: { a: '{{v}}', b: 1 } }, { v: 'x&y=z' }))?.body).toBe('a=x%26y%3Dz&b=1')
    expect((await body({ headers: form, body: 'a={{v}}' }, { v: 'x&y=z' }))?.body).toBe('a=x%26y%3Dz')
    expect((await body({ headers: { 'Content-Type': 'text/csv' }, body: '{{v}}, 1' }, { v: '"' }))?.body).toBe('", 1')
    await refusedWith({ method: 'POST', headers: form, body: [1] }, 'http.body_invalid')
  })

  it('that is no JSON although it should be is not sent', async () => {
    const json = { 'Content-Type': 'application/json' }
    expect(
      await refusedWith({ method: 'POST', headers: json, body: 'hello {{v}}' }, 'http.body_invalid', {
        roots: { runtime: { v: 1 } },
      }),
    ).toContain('not JSON')
    await refusedWith({ method: 'POST', body: '{"a":"\\{{v}}"}' }, 'http.body_invalid', {
      roots: { runtime: { v: '","b":"' } },
    })
  })

  it('says when it holds a secret, so that no redirect hands it on', async () => {
    const roots = { secrets: { KEY: 'canary' } }
    const with_ = await execute({ method: 'POST', body: { a: [{ key: '{{secrets.KEY}}' }] } }, { roots })
    const without = await execute({ method: 'POST', body: { a: 1 }, headers: { A: '{{secrets.KEY}}' } }, { roots })
    expect([with_.request?.secret_body, without.request?.secret_body]).toEqual([true, false])
  })
})

describe('an answer', () => {
  const answer = (status: number, headers: Record<string, string> = {}, body = ''): Made => ({
    answer: { ok: true, status, headers, body },
  })
  const failure = async (config: JsonObject, made: Made) => {
    const { result } = await execute(config, made)
    if (result.ok) throw new Error('it succeeded')
    return result.error
  }

  it('that is no 2xx fails the step, with what the other side said', async () => {
    const error = await failure({}, answer(422, { 'content-type': 'application/json' }, '{"error":"slug taken"}'))
    expect(error).toEqual({
      code: 'http.status',
      message: 'api.example.com answered 422: {"error":"slug taken"}',
      retryable: false,
      retry_after_ms: null,
    })
    expect((await failure({}, answer(404, {}, 'x'.repeat(5_000)))).message.length).toBeLessThan(400)
  })

  it.each([
    [500, true],
    [503, true],
    [429, true],
    [400, false],
    [401, false],
    [304, false],
  ])('of %i is worth another try: %s', async (status, retryable) => {
    expect((await failure({}, answer(status))).retryable).toBe(retryable)
  })

  it('says when to come back', async () => {
    const wait = async (value: string, more = {}) =>
      (await failure({}, answer(429, { 'retry-after': value, ...more }))).retry_after_ms
    expect(await wait('7')).toBe(7_000)
    expect(await wait('Sun, 01 Mar 2026 09:31:00 GMT')).toBe(60_000)
    expect(await wait('Sun, 01 Mar 2026 09:31:00 GMT', { date: 'Sun, 01 Mar 2026 09:30:50 GMT' })).toBe(10_000)
    expect(await wait('Sun, 01 Mar 2020 00:00:00 GMT')).toBe(0)
    expect(await wait('999999999')).toBe(86_400_000)
    expect(await wait('soon')).toBeNull()
    expect((await failure({}, answer(400, { 'retry-after': '7' }))).retry_after_ms).toBeNull()
  })

  it('is judged by success_when where there is one', async () => {
    const json = { 'content-type': 'application/json' }
    expect((await execute({ success_when: 'status == 404' }, answer(404))).result.ok).toBe(true)
    expect(
      (await execute({ success_when: 'body.ok and api_response.status == 200' }, answer(200, json, '{"ok":true}')))
        .result.ok,
    ).toBe(true)
    const error = await failure({ success_when: 'body.ok' }, answer(200, json, '{"ok":false}'))
    expect(error).toMatchObject({ code: 'http.unsuccessful', retryable: false })
    expect((await failure({ success_when: 'status == 200' }, answer(503))).retryable).toBe(true)
    expect((await failure({ success_when: 'body.none' }, answer(200, json, '{}'))).code).toMatch(/^expression\./)
  })

  it('is held to response_schema', async () => {
    const response_schema = { type: 'object' }
    const violations = ['a', 'b', 'c', 'd'].map((path) => ({ path, message: 'is missing' }))
    const error = await failure({ response_schema }, { violations })
    expect(error).toMatchObject({ code: 'http.response_invalid', retryable: false })
    expect(error.message).toContain('a is missing; b is missing; c is missing, and 1 more')
    expect((await execute({ response_schema })).result.ok).toBe(true)
  })

  it('that never came keeps the error of the network', async () => {
    const error = { code: 'http.timeout', message: 'late', retryable: true, retry_after_ms: null }
    expect(await failure({}, { answer: { ok: false, error } })).toEqual(error)
  })
})

describe('what the history shows', () => {
  it('names secrets instead of showing them, in every encoding and in errors', async () => {
    const KEY = 'canary/kéy="1"(!)'
    const roots = { secrets: { KEY }, env: { KEY }, static: { key: 'constant-key' } }
    const { result } = await execute(
      {
        method: 'POST',
        url: 'https://h.com/{{secrets.KEY}}?k={{env.KEY}}',
        query: { k: '{{env.KEY}}' },
        headers: { Authorization: 'Bearer {{secrets.KEY}}', 'X-Api-Key': '{{static.key}}', 'X-Other': 'fine' },
        body: { key: '{{secrets.KEY}}', note: 'shown' },
      },
      { roots, answer: { ok: true, status: 401, headers: {}, body: `wrong key ${KEY}` } },
    )
    const told = JSON.stringify(result)
    expect(told).not.toMatch(/canary|constant-key/)
    expect(result.input).toMatchObject({
      method: 'POST',
      headers: { authorization: 'Bearer [REDACTED:KEY]', 'x-api-key': '[REDACTED]', 'x-other': 'fine' },
      body: { key: '[REDACTED:KEY]', note: 'shown' },
    })
  })

  it('says what is missing when a value is not there', async () => {
    const { result, sent } = await execute({ url: 'https://h.com/{{nowhere}}' })
    expect(sent).toEqual([])
    expect(result).toMatchObject({ ok: false, error: { retryable: false } })
    expect(!result.ok && result.error.message).toContain('nowhere')
  })
})
