import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { AiRequest } from '#lib/steps/kit.ts'
import { createAnthropicProvider } from './anthropic.ts'

const servers: Server[] = []
afterEach(async () => {
  await Promise.all(
    servers.splice(0).map((server) => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    }),
  )
})

/** A server that answers every call of the Messages API in one way and keeps what it was sent. */
async function serve(status: number, answer: unknown, headers: Readonly<Record<string, string>> = {}) {
  const calls: { url: string | undefined; headers: NodeJS.Dict<string | string[]>; body: unknown }[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
    })
    request.on('end', () => {
      calls.push({ url: request.url, headers: request.headers, body: JSON.parse(text) })
      if (status === 0) return
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(typeof answer === 'string' ? answer : JSON.stringify(answer))
    })
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { calls, provider: createAnthropicProvider({ apiKey: 'sk-ant-test', baseUrl: `http://127.0.0.1:${port}` }) }
}

function request(more: Partial<AiRequest> = {}): AiRequest {
  return {
    provider: null,
    model: null,
    messages: [
      { role: 'system', content: 'JSON only.' },
      { role: 'user', content: 'Say hello.' },
    ],
    output_schema: null,
    temperature: null,
    max_tokens: null,
    retry_count: 1,
    idempotencyKey: 'run_1:root:draft:1:0',
    signal: new AbortController().signal,
    ...more,
  }
}

const message = (text: string, stop_reason = 'end_turn') => ({
  model: 'claude-sonnet-4-5-20250929',
  content: [{ type: 'text', text }],
  stop_reason,
  usage: { input_tokens: 100, output_tokens: 10 },
})

describe('the Anthropic provider', () => {
  it('sends system and conversation apart and tells what the answer used', async () => {
    const { provider, calls } = await serve(200, message('Hello.'))
    expect(await provider.generate(request({ temperature: 0.5 }))).toMatchObject({
      ok: true,
      provider: 'anthropic',
      model: 'claude-sonnet-4-5',
      text: 'Hello.',
      tokens_prompt: 100,
      tokens_output: 10,
      cost_usd: (100 * 3 + 10 * 15) / 1e6,
    })
    expect(calls).toMatchObject([
      {
        url: '/v1/messages',
        headers: {
          'x-api-key': 'sk-ant-test',
          'anthropic-version': '2023-06-01',
          'idempotency-key': 'run_1:root:draft:1:0:1',
        },
        body: {
          model: 'claude-sonnet-4-5',
          system: 'JSON only.',
          messages: [{ role: 'user', content: 'Say hello.' }],
          temperature: 0.5,
          max_tokens: 16_000,
        },
      },
    ])
  })

  it.each([
    [429, { error: { message: 'slow' } }, 'ai.rate_limited', true],
    [529, { error: { message: 'overloaded' } }, 'ai.unavailable', true],
    [500, '<html>', 'ai.unavailable', true],
    [401, { error: { message: 'invalid x-api-key sk-ant-test' } }, 'ai.key_refused', false],
    [400, { error: { message: 'max_tokens: too large' } }, 'ai.request_refused', false],
    [200, '<html>', 'ai.unavailable', true],
    [200, { model: 'x' }, 'ai.unavailable', true],
    [200, message('', 'refusal'), 'ai.refused', false],
  ])('says for status %i and %j: %s', async (status, answer, code, retryable) => {
    const { provider } = await serve(status, answer, { 'retry-after': '3' })
    const got = await provider.generate(request())
    expect(got).toMatchObject({ ok: false, error: { code, retryable } })
    expect(JSON.stringify(got)).not.toContain('sk-ant')
    if (status === 429) expect(got).toMatchObject({ error: { retry_after_ms: 3_000 } })
  })

  it('does not take half a JSON for an answer', async () => {
    const { provider } = await serve(200, message('{"a":', 'max_tokens'))
    expect(await provider.generate(request({ output_schema: {} }))).toMatchObject({
      error: { code: 'ai.answer_cut_off' },
    })
    expect(await provider.generate(request())).toMatchObject({ ok: true })
  })

  it('rejects with the reason of an abort', async () => {
    const { provider } = await serve(0, null)
    const controller = new AbortController()
    const pending = provider.generate(request({ signal: controller.signal }))
    controller.abort(new Error('the run was canceled'))
    await expect(pending).rejects.toThrow('the run was canceled')
  })

  it('says ai.unavailable when nobody listens', async () => {
    const provider = createAnthropicProvider({ apiKey: 'k', baseUrl: 'http://127.0.0.1:1' })
    expect(await provider.generate(request())).toMatchObject({ ok: false, error: { code: 'ai.unavailable' } })
  })
})
