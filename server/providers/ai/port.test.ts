import { describe, expect, it } from 'vitest'
import type { AiRequest } from '#lib/steps/kit.ts'
import { startFakeOpenAi } from './openai.fake.ts'
import { type AiSettings, createAiPort } from './port.ts'

const settings: AiSettings = {
  openaiApiKey: null,
  openaiBaseUrl: null,
  anthropicApiKey: null,
  mockAiSeed: 42,
  mockAiMode: 'success',
}

function request(more: Partial<AiRequest> = {}): AiRequest {
  return {
    provider: null,
    model: null,
    messages: [{ role: 'user', content: 'Write about tea.' }],
    output_schema: null,
    temperature: null,
    max_tokens: null,
    retry_count: 0,
    idempotencyKey: 'key',
    signal: new AbortController().signal,
    ...more,
  }
}

describe('the AI port', () => {
  it('asks the mock only where no provider is configured', async () => {
    expect(await createAiPort(settings).generate(request())).toMatchObject({ ok: true, provider: 'mock', cost_usd: 0 })
  })

  it('asks the configured provider, and lets it fail rather than answer by the mock', async () => {
    const server = await startFakeOpenAi()
    const port = createAiPort({ ...settings, openaiBaseUrl: server.baseUrl })
    server.reply({ text: 'Real.' }, { status: 500 })
    expect(await port.generate(request())).toMatchObject({ provider: 'openai', text: 'Real.' })
    expect(await port.generate(request())).toMatchObject({ provider: 'openai', ok: false })
    expect(await port.generate(request({ provider: 'mock' }))).toMatchObject({ provider: 'mock', ok: true })
    await server.close()
  })

  it('names the setting that is missing when a step names a provider that is not configured', async () => {
    const port = createAiPort(settings)
    for (const [provider, cure] of [
      ['openai', 'OPENAI_API_KEY'],
      ['anthropic', 'ANTHROPIC_API_KEY'],
      ['constructor', 'openai, anthropic and mock'],
    ] as const) {
      expect(await port.generate(request({ provider }))).toMatchObject({
        ok: false,
        error: { code: 'ai.provider_not_configured', retryable: false, message: expect.stringContaining(cure) },
      })
    }
  })

  it('refuses a mode that does not exist', () => {
    expect(() => createAiPort({ ...settings, mockAiMode: 'success,chaos' })).toThrow('MOCK_AI_MODE has "chaos"')
  })
})
