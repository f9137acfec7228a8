import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { AiRequest } from '#lib/steps/kit.ts'
import { type FakeOpenAi, startFakeOpenAi } from './openai.fake.ts'
import { createOpenAiProvider } from './openai.ts'

let server: FakeOpenAi
beforeEach(async () => {
  await server?.close()
  server = await startFakeOpenAi()
})
afterAll(() => server.close())

const schema = { type: 'object', properties: { title: { type: 'string' } }, required: ['title'] }

function request(more: Partial<AiRequest> = {}): AiRequest {
  return {
    provider: null,
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: 'Say hello.' }],
    output_schema: null,
    temperature: null,
    max_tokens: null,
    retry_count: 0,
    idempotencyKey: 'run_1:root:draft:1:0',
    signal: new AbortController().signal,
    ...more,
  }
}

const provider = () => createOpenAiProvider({ apiKey: 'sk-test', baseUrl: server.baseUrl })

describe('the OpenAI provider', () => {
  it('sends the conversation and tells what the answer used', async () => {
    server.reply({ text: 'Hello there.' })
    const answer = await provider().generate(request({ temperature: 0.2, max_tokens: 50 }))
    expect(answer).toMatchObject({
      ok: true,
      provider: 'openai',
      model: 'gpt-4o-mini',
      text: 'Hello there.',
      tokens_prompt: 11,
      tokens_output: 7,
      cost_usd: (11 * 0.15 + 7 * 0.6) / 1e6,
    })
    expect(answer.latency_ms).toBeGreaterThanOrEqual(0)
    expect(server.calls).toHaveLength(1)
    expect(server.calls[0]?.body).toEqual({
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: 'Say hello.' }],
      temperature: 0.2,
      max_tokens: 50,
    })
    expect(server.calls[0]?.headers).toMatchObject({
      authorization: 'Bearer sk-test',
      'idempotency-key': 'run_1:root:draft:1:0:0',
    })
  })

  it('needs no key at a server that needs none', async () => {
    await createOpenAiProvider({ apiKey: null, baseUrl: server.baseUrl }).generate(request())
    expect(server.calls[0]?.headers.authorization).toBeUndefined()
  })

  it('asks for the schema as response format, with a key of its own for each re-ask', async () => {
    server.reply({ text: '{"title":"Hi"}' })
    await provider().generate(request({ output_schema: schema, retry_count: 1 }))
    expect(server.calls[0]?.body.response_format).toEqual({
      type: 'json_schema',
      json_schema: { name: 'answer', schema, strict: false },
    })
    expect(server.calls[0]?.headers['idempotency-key']).toBe('run_1:root:draft:1:0:1')
  })

  it('goes on without a response format where the server refuses it, and does not try again', async () => {
    server.reply({ status: 400, error: { message: "'response_format' is not supported" } }, { text: '{"title":"Hi"}' })
    const own = provider()
    expect(await own.generate(request({ output_schema: schema }))).toMatchObject({ ok: true, text: '{"title":"Hi"}' })
    expect(server.calls).toHaveLength(2)
    expect(server.calls[1]?.body.response_format).toBeUndefined()
    expect(server.calls[1]?.headers['idempotency-key']).not.toBe(server.calls[0]?.headers['idempotency-key'])
    await own.generate(request({ output_schema: schema }))
    expect(server.calls).toHaveLength(3)
    expect(server.calls[2]?.body.response_format).toBeUndefined()
  })

  it('counts tokens itself where the server does not', async () => {
    server.reply({ text: 'x'.repeat(40), usage: null })
    expect(await provider().generate(request({ model: 'own-model' }))).toMatchObject({
      tokens_prompt: 3,
      tokens_output: 10,
      cost_usd: null,
    })
  })

  it('asks once: what passes by itself is retried by the engine, with the wait the server asked for', async () => {
    server.reply({ status: 429, headers: { 'retry-after': '7' } }, { text: 'Now.' })
    const own = provider()
    expect(await own.generate(request())).toMatchObject({
      ok: false,
      error: { code: 'ai.rate_limited', retryable: true, retry_after_ms: 7_000 },
      cost_usd: 0,
    })
    expect(server.calls).toHaveLength(1)
    expect(await own.generate(request())).toMatchObject({ ok: true, text: 'Now.' })
  })

  for (const [status, error, code, retryable] of [
    [500, undefined, 'ai.unavailable', true],
    [503, undefined, 'ai.unavailable', true],
    [408, undefined, 'ai.timeout', true],
    [504, undefined, 'ai.timeout', true],
    [401, { message: 'Incorrect API key provided: sk-te**st' }, 'ai.key_refused', false],
    [403, undefined, 'ai.key_refused', false],
    [404, { message: 'The model x does not exist' }, 'ai.model_not_found', false],
    [400, { message: 'temperature is not supported' }, 'ai.request_refused', false],
    [429, { message: 'You exceeded your current quota', code: 'insufficient_quota' }, 'ai.quota_exhausted', false],
  ] as const) {
    it(`says ${code} for status ${status}${error ? ` "${error.message}"` : ''}`, async () => {
      server.reply({ status, ...(error ? { error } : {}) })
      const answer = await provider().generate(request())
      expect(answer).toMatchObject({ ok: false, error: { code, retryable } })
      expect(JSON.stringify(answer)).not.toContain('sk-te')
    })
  }

  it('says ai.timeout when the server does not answer in time', async () => {
    server.reply('hang')
    const own = createOpenAiProvider({ apiKey: 'k', baseUrl: server.baseUrl, timeoutMs: 30 })
    expect(await own.generate(request())).toMatchObject({ ok: false, error: { code: 'ai.timeout', retryable: true } })
  })

  it('rejects with the reason of an abort, also before the call', async () => {
    server.reply('hang')
    const controller = new AbortController()
    const pending = provider().generate(request({ signal: controller.signal }))
    controller.abort(new Error('the run was canceled'))
    await expect(pending).rejects.toThrow('the run was canceled')
    await expect(provider().generate(request({ signal: controller.signal }))).rejects.toThrow('the run was canceled')
  })

  it('says ai.unavailable when nobody listens', async () => {
    const { baseUrl } = server
    await server.close()
    server = await startFakeOpenAi()
    const answer = await createOpenAiProvider({ apiKey: 'k', baseUrl }).generate(request())
    expect(answer).toMatchObject({ ok: false, error: { code: 'ai.unavailable', retryable: true } })
    expect(answer).toMatchObject({ error: { message: expect.stringContaining('ECONNREFUSED') } })
  })

  for (const [name, reply] of [
    ['is no JSON', { raw: '<html>gateway</html>' }],
    ['has no choices', { raw: '{"id":"x","choices":[]}' }],
    ['is another shape', { raw: '[]' }],
    ['has no text', { text: '' }],
  ] as const) {
    it(`says ai.unavailable for an answer that ${name}`, async () => {
      server.reply(reply)
      expect(await provider().generate(request())).toMatchObject({
        ok: false,
        error: { code: 'ai.unavailable', retryable: true },
      })
    })
  }

  it('does not take a refusal or half an answer for one', async () => {
    server.reply(
      { text: '', refusal: 'I cannot help with that.' },
      { text: '{"title":', finish_reason: 'length' },
      { text: 'Once upon a', finish_reason: 'length' },
    )
    const own = provider()
    expect(await own.generate(request())).toMatchObject({
      ok: false,
      error: { code: 'ai.refused', retryable: false, message: expect.stringContaining('I cannot help with that.') },
      tokens_output: 7,
    })
    expect(await own.generate(request({ output_schema: schema }))).toMatchObject({
      ok: false,
      error: { code: 'ai.answer_cut_off' },
    })
    expect(await own.generate(request())).toMatchObject({ ok: true, text: 'Once upon a' })
  })
})
