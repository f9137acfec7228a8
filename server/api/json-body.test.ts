import { describe, expect, it } from 'vitest'
import { ScaffError } from '#lib/errors.ts'
import { corpus } from '#lib/testing/corpus.ts'
import { LEFT_TO_SCHEMAS } from '#lib/testing/corpus-sinks.ts'
import { readJsonBody } from './json-body.ts'

const LIMIT = 100_000
const request = (body: BodyInit | null, type: string | null = 'application/json') =>
  new Request('http://test.invalid/', {
    method: 'POST',
    body,
    ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
    ...(type === null ? {} : { headers: { 'content-type': type } }),
  })
const read = (body: BodyInit | null, type?: string | null) => readJsonBody(request(body, type), LIMIT)
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'accepted',
    (error: unknown) => (error instanceof ScaffError ? error.code : String(error)),
  )

describe('reading a body', () => {
  it('takes JSON as it is, and nothing for nothing', async () => {
    expect(await read('{"a":[1,"x",null,true]}')).toEqual({ a: [1, 'x', null, true] })
    expect(await read('"text"', 'application/json; charset=utf-8')).toBe('text')
    expect(await read(null, null)).toBeUndefined()
  })

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; boundary=x',
    'text/json',
    'application/jsonx',
    null,
  ])('refuses a body of the type %s with 415', async (type) => {
    const body = new TextEncoder().encode('{}')
    expect(await refusal(read(body, type))).toBe('payload.unsupported')
  })

  it.each(['{', '{"a":1,}', 'nope', '{"a":NaN}'])('refuses %s as malformed', async (body) => {
    expect(await refusal(read(body))).toBe('request.malformed')
  })

  it('refuses bytes that are not UTF-8', async () => {
    expect(await refusal(read(new Uint8Array([0x22, 0xff, 0xfe, 0x22])))).toBe('request.malformed')
  })

  it('refuses a body over the limit by its declared length', async () => {
    expect(await refusal(read(`"${'x'.repeat(LIMIT)}"`))).toBe('payload.too_large')
  })

  it('stops reading a stream at the limit, whatever it declared', async () => {
    let sent = 0
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 10_000
        controller.enqueue(new Uint8Array(10_000).fill(0x20))
      },
    })
    expect(await refusal(read(stream))).toBe('payload.too_large')
    expect(sent).toBeLessThan(LIMIT + 50_000)
  })

  it('takes 100 levels and refuses 101', async () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)
    expect(await refusal(read(nested(100)))).toBe('accepted')
    expect(await refusal(read(nested(101)))).toBe('request.malformed')
    expect(await refusal(read(`"${'['.repeat(500)}\\"{{{"`))).toBe('accepted')
  })

  it.each(['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString'])(
    'refuses the key %s at any depth, and takes it as a value',
    async (key) => {
      expect(await refusal(read(`{"a":[{"${key}":1}]}`))).toBe('request.invalid')
      expect(await refusal(read(`{"\\u${key.charCodeAt(0).toString(16).padStart(4, '0')}${key.slice(1)}":1}`))).toBe(
        'request.invalid',
      )
      expect(await read(JSON.stringify({ a: key }))).toEqual({ a: key })
    },
  )

  it.each(['"a\\u0000b"', '{"a\\u0000":1}', '["\\ud800"]', '{"\\udfff":1}', '[1e999]'])(
    'refuses %s, which no row can hold',
    async (body) => {
      expect(await refusal(read(body))).toMatch(/^request\.(malformed|invalid)$/)
    },
  )

  it('says where the reserved name stands', async () => {
    const error = await read('{"answers":[{"__proto__":1}]}').catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ errors: [{ path: 'answers[0].__proto__', code: 'reserved_name' }] })
  })
})

describe('the corpus of JSON', () => {
  const { attacks, benign } = corpus('json')

  it.each(attacks)('$why', async ({ payload, expect: expected, why }) => {
    const started = performance.now()
    const outcome = await refusal(read(payload))
    expect(performance.now() - started).toBeLessThan(100)
    expect(Object.getPrototypeOf({})).toBe(Object.prototype)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    if (expected === 'reject' && !LEFT_TO_SCHEMAS.test(why)) {
      expect(outcome).toMatch(/^request\.(malformed|invalid)$/)
    } else expect(outcome).toMatch(/^(accepted|request\.invalid)$/)
  })

  it.each(benign)('takes $why', async ({ payload }) => {
    expect(await read(payload)).toEqual(JSON.parse(payload))
  })
})
