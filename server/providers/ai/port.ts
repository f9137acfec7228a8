import { type AiProvider, failed } from '#lib/ai-provider.ts'
import { createMockProvider } from '#lib/mock-ai/mock.ts'
import { parseMockModes } from '#lib/mock-ai/modes.ts'
import type { AiPort } from '#lib/steps/kit.ts'
import { createAnthropicProvider } from './anthropic.ts'
import { createOpenAiProvider } from './openai.ts'

/** As in the environment; null = not set. */
export interface AiSettings {
  readonly openaiApiKey: string | null
  readonly openaiBaseUrl: string | null
  readonly anthropicApiKey: string | null
  readonly mockAiSeed: number
  /** One mode or a comma-separated list, see `lib/mock-ai/modes.ts`. */
  readonly mockAiMode: string
}

/**
 * The providers of this installation behind one port. A step that names none gets the first that is configured; the mock
 * only where none is, and it never stands in for one that fails. Naming one that is not configured is an error that says so.
 */
export function createAiPort(settings: AiSettings): AiPort {
  const mock = createMockProvider({ seed: settings.mockAiSeed, modes: parseMockModes(settings.mockAiMode) })
  const configured: AiProvider[] = []
  if (settings.openaiApiKey !== null || settings.openaiBaseUrl !== null) {
    configured.push(createOpenAiProvider({ apiKey: settings.openaiApiKey, baseUrl: settings.openaiBaseUrl }))
  }
  if (settings.anthropicApiKey !== null) configured.push(createAnthropicProvider({ apiKey: settings.anthropicApiKey }))
  const byName = new Map([mock, ...configured].map((provider) => [provider.name, provider]))
  return {
    async generate(request) {
      const name = request.provider
      const provider = name === null ? (configured[0] ?? mock) : byName.get(name)
      if (provider !== undefined) return await provider.generate(request)
      const message = `The AI provider ${name} is not configured. ${cure(name)}`
      return failed(name ?? '', request.model ?? '', { code: 'ai.provider_not_configured', message, retryable: false })
    },
  }
}

const CURES: ReadonlyMap<string | null, string> = new Map([
  ['openai', 'Set OPENAI_API_KEY (or OPENAI_BASE_URL for a server of your own) and restart.'],
  ['anthropic', 'Set ANTHROPIC_API_KEY and restart.'],
])

function cure(name: string | null): string {
  return (
    CURES.get(name) ?? 'Known providers are openai, anthropic and mock; leave provider out to use the configured one.'
  )
}
