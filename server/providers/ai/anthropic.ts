import { fetch, type Response } from 'undici'
import { z } from 'zod'
import { type AiProvider, failed } from '#lib/ai-provider.ts'
import type { AiAnswer, AiRequest } from '#lib/steps/kit.ts'
import { failureOf } from './http-failure.ts'
import { costOf } from './prices.ts'

export interface AnthropicOptions {
  readonly apiKey: string
  readonly baseUrl?: string
}

const DEFAULT_MODEL = 'claude-sonnet-4-5'
/** The protocol asks for a bound; this is what the models of the default family can write at most in one answer, rounded down. */
const DEFAULT_MAX_TOKENS = 16_000

const MessageAnswer = z.object({
  model: z.string(),
  content: z.array(z.object({ type: z.string(), text: z.string().optional() })),
  stop_reason: z.string().nullable(),
  usage: z.object({ input_tokens: z.number(), output_tokens: z.number() }),
})
const ErrorAnswer = z.object({ error: z.object({ message: z.string() }) })

/** Anthropic's Messages API. The schema stands in the prompt; the answer is validated here. */
export function createAnthropicProvider({
  apiKey,
  baseUrl = 'https://api.anthropic.com',
}: AnthropicOptions): AiProvider {
  return {
    name: 'anthropic',
    async generate(request) {
      request.signal.throwIfAborted()
      const model = request.model ?? DEFAULT_MODEL
      const began = performance.now()
      const latency = () => Math.round(performance.now() - began)
      const unavailable = (message: string) =>
        failed('anthropic', model, { code: 'ai.unavailable', message, retryable: true }, { latency_ms: latency() })
      try {
        const response = await fetch(`${baseUrl}/v1/messages`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'anthropic-version': '2023-06-01',
            'x-api-key': apiKey,
            'Idempotency-Key': `${request.idempotencyKey}:${request.retry_count}`,
          },
          body: JSON.stringify(bodyOf(request, model)),
          signal: request.signal,
        })
        if (!response.ok) {
          const error = failureOf({
            provider: 'Anthropic',
            setting: 'ANTHROPIC_API_KEY',
            model,
            status: response.status,
            message: await messageOf(response),
            headers: new Headers([...response.headers]),
          })
          return failed('anthropic', model, error, { latency_ms: latency() })
        }
        const parsed = MessageAnswer.safeParse(await response.json())
        if (!parsed.success) return unavailable('Anthropic sent an answer that cannot be read.')
        return answerOf(parsed.data, request, model, latency())
      } catch (error) {
        request.signal.throwIfAborted()
        if (error instanceof SyntaxError) return unavailable('Anthropic sent an answer that cannot be read.')
        return unavailable(`Anthropic cannot be reached: ${error instanceof Error ? error.message : String(error)}.`)
      }
    },
  }
}

function bodyOf(request: AiRequest, model: string) {
  const system = request.messages.filter((message) => message.role === 'system').map((message) => message.content)
  return {
    model,
    max_tokens: request.max_tokens ?? DEFAULT_MAX_TOKENS,
    messages: request.messages.filter((message) => message.role !== 'system'),
    ...(system.length === 0 ? {} : { system: system.join('\n\n') }),
    ...(request.temperature === null ? {} : { temperature: Math.min(1, request.temperature) }),
  }
}

async function messageOf(response: Response): Promise<string> {
  const text = await response.text()
  try {
    const parsed = ErrorAnswer.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data.error.message : ''
  } catch {
    // A gateway's page instead of JSON says nothing for people.
    return ''
  }
}

function answerOf(
  answer: z.infer<typeof MessageAnswer>,
  request: AiRequest,
  model: string,
  latency_ms: number,
): AiAnswer {
  const { input_tokens: tokens_prompt, output_tokens: tokens_output } = answer.usage
  const cost_usd = costOf(answer.model, tokens_prompt, tokens_output)
  const used = { tokens_prompt, tokens_output, cost_usd, latency_ms }
  if (answer.stop_reason === 'refusal') {
    const message = 'The model refused to answer for reasons of content. Change the prompt.'
    return failed('anthropic', model, { code: 'ai.refused', message, retryable: false }, used)
  }
  if (answer.stop_reason === 'max_tokens' && request.output_schema !== null) {
    const message = `The answer was cut off after ${tokens_output} tokens. Raise max_tokens, or ask for less.`
    return failed('anthropic', model, { code: 'ai.answer_cut_off', message, retryable: false }, used)
  }
  const text = answer.content
    .flatMap((part) => (part.type === 'text' && part.text !== undefined ? [part.text] : []))
    .join('')
  return { ok: true, provider: 'anthropic', model, text, ...used }
}
