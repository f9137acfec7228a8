import { describe, expect, it } from 'vitest'
import type { JsonObject } from '#lib/json.ts'
import type { HttpPort } from '#lib/steps/kit.ts'
import { execute, type Given, OK } from './testing.ts'

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

  it.each<JsonObject & { method: string; told: boolean }>([
    { method: 'POST', told: true },
    { method: 'PATCH', told: true },
    { method: 'POST', idempotent: true, told: false },
    { method: 'PATCH', idempotent: true, told: false },
    ...['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'].map((method) => ({ method, told: false })),
  ])('is told before it is sent, if it must not be sent twice: %j', async ({ told, ...how }) => {
    const order: unknown[] = []
    const sent = async (evidence: JsonObject) => void order.push(evidence)
    const http: HttpPort = {
      request: async ({ before_send }) => {
        await before_send?.()
        order.push('on the wire')
        return OK
      },
    }
    const config = { url: 'https://bank.example/pay?key={{ secrets.KEY }}', ...how }
    await execute(config, { sent, http, roots: { secrets: { KEY: 'canary-key' } } })
    const url = 'https://bank.example/pay?key=[REDACTED:KEY]'
    const evidence = { method: how.method, url, key: 'run_1:root:call:1:1' }
    expect(order).toEqual([...(told ? [evidence] : []), 'on the wire'])
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

  it('tells the key it is really sent under, and under that one is sent again', async () => {
    const evidence: JsonObject[] = []
    const sent = async (told: JsonObject) => void evidence.push(told)
    const roots = { secrets: { KEY: 'canary-key' } }
    const config = { method: 'POST', headers: { 'Idempotency-Key': 'order-{{ now() }}' } }
    await execute(config, { sent })
    const again = await execute(config, { sent, sentAs: 'order-of-yesterday' })
    expect(again.request?.headers['idempotency-key']).toBe('order-of-yesterday')
    await execute({ method: 'POST', headers: { 'Idempotency-Key': '{{ secrets.KEY }}' } }, { sent, roots })
    expect(evidence.map(({ key }) => key)).toEqual([
      'order-2026-03-01T09:30:00.000Z',
      'order-of-yesterday',
      '[REDACTED:KEY]',
    ])
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

describe('an answer', () => {
  const answer = (status: number, headers: Record<string, string> = {}, body = ''): Given => ({
    answer: { ok: true, status, headers, body },
  })
  const failure = async (config: JsonObject, given: Given) => {
    const { result } = await execute(config, given)
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
