import OpenAI, { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai'
import type { ChatCompletion, ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions'
import { type AiProvider, estimateTokens, failed } from '#lib/ai-provider.ts'
import type { AiAnswer, AiRequest } from '#lib/steps/kit.ts'
import type { StepError } from '#lib/workflow/events.ts'
import { failureOf } from './http-failure.ts'
import { costOf } from './prices.ts'

export interface OpenAiOptions {
  /** null: the server needs none, as local ones do. */
  readonly apiKey: string | null
  /** null: OpenAI itself; else any server that speaks its protocol, with the version: `http://localhost:11434/v1`. */
  readonly baseUrl: string | null
  /** How long one call may take at most, in ms; the step's own timeout is shorter as a rule. */
  readonly timeoutMs?: number
}

const OWN_BASE_URL = 'https://api.openai.com/v1'
const DEFAULT_MODEL = 'gpt-4.1-mini'
const LONGEST_CALL = 10 * 60_000

/** OpenAI's chat completions by the official SDK, at OpenAI or any compatible server. */
export function createOpenAiProvider(options: OpenAiOptions): AiProvider {
  const baseUrl = options.baseUrl ?? OWN_BASE_URL
  const client = new OpenAI({
    apiKey: options.apiKey ?? 'none',
    baseURL: baseUrl,
    timeout: options.timeoutMs ?? LONGEST_CALL,
    // The engine retries: durably, with the step's policy, and each attempt kept.
    maxRetries: 0,
    logLevel: 'off',
    // Settings come from `env.ts` alone, never from variables the SDK knows.
    organization: null,
    project: null,
    adminAPIKey: null,
    webhookSecret: null,
    defaultHeaders: options.apiKey === null ? { Authorization: null } : {},
  })
  /** Models whose server refused `response_format`: asked in words from then on. */
  const plain = new Set<string>()

  async function ask(request: AiRequest, model: string, structured: boolean): Promise<ChatCompletion> {
    return await client.chat.completions.create(paramsOf(request, model, structured, options.baseUrl === null), {
      signal: request.signal,
      headers: { 'Idempotency-Key': keyOf(request, structured) },
    })
  }

  return {
    name: 'openai',
    async generate(request) {
      request.signal.throwIfAborted()
      const model = request.model ?? DEFAULT_MODEL
      const began = performance.now()
      const latency = () => Math.round(performance.now() - began)
      const structured = request.output_schema !== null && !plain.has(model)
      try {
        const completion = await ask(request, model, structured).catch((error: unknown) => {
          if (!structured || !refusesFormat(error)) throw error
          plain.add(model)
          return ask(request, model, false)
        })
        return answerOf(completion, request, model, latency())
      } catch (error) {
        request.signal.throwIfAborted()
        return failed('openai', model, errorOf(error, model, baseUrl), { latency_ms: latency() })
      }
    },
  }
}

function paramsOf(
  request: AiRequest,
  model: string,
  structured: boolean,
  isOpenAi: boolean,
): ChatCompletionCreateParamsNonStreaming {
  return {
    model,
    messages: request.messages.map(({ role, content }) => ({ role, content })),
    ...(request.temperature === null ? {} : { temperature: request.temperature }),
    // Newer models at OpenAI take only the longer name, most other servers only the shorter one.
    ...(request.max_tokens === null
      ? {}
      : isOpenAi
        ? { max_completion_tokens: request.max_tokens }
        : { max_tokens: request.max_tokens }),
    ...(structured && request.output_schema !== null
      ? {
          response_format: {
            type: 'json_schema',
            // Not strict: that mode knows only a part of JSON Schema, and the answer is validated here anyway.
            json_schema: { name: 'answer', schema: { ...request.output_schema }, strict: false },
          },
        }
      : {}),
  }
}

/** One key for one body: a repeat after a crash has the same, a re-ask or a plainer request another. */
function keyOf(request: AiRequest, structured: boolean): string {
  return `${request.idempotencyKey}:${request.retry_count}${structured || request.output_schema === null ? '' : ':plain'}`
}

function refusesFormat(error: unknown): boolean {
  if (!(error instanceof APIError) || error.status === undefined) return false
  return (
    [400, 404, 422, 501].includes(error.status) &&
    /response_format|json_schema|structured/i.test(`${error.param} ${error.message}`)
  )
}

function answerOf(completion: ChatCompletion, request: AiRequest, model: string, latency_ms: number): AiAnswer {
  const choice = completion.choices?.[0]
  const text = choice?.message?.content ?? ''
  const prompt = request.messages.map((message) => message.content).join('\n')
  const tokens_prompt = completion.usage?.prompt_tokens ?? estimateTokens(prompt)
  const tokens_output = completion.usage?.completion_tokens ?? estimateTokens(text)
  // The name that answered may be dated; the one that was asked for may be an alias.
  const cost_usd =
    costOf(completion.model ?? model, tokens_prompt, tokens_output) ?? costOf(model, tokens_prompt, tokens_output)
  const used = { tokens_prompt, tokens_output, cost_usd, latency_ms }
  const refusal = choice?.message?.refusal
  if (refusal || choice?.finish_reason === 'content_filter') {
    const message = `The model refused to answer${refusal ? `: ${refusal}` : ' for reasons of content'}. Change the prompt.`
    return failed('openai', model, { code: 'ai.refused', message, retryable: false }, used)
  }
  if (choice?.finish_reason === 'length' && request.output_schema !== null) {
    const message = `The answer was cut off after ${tokens_output} tokens. Raise max_tokens, or ask for less.`
    return failed('openai', model, { code: 'ai.answer_cut_off', message, retryable: false }, used)
  }
  if (text === '') {
    const message = 'The server answered without any text.'
    return failed('openai', model, { code: 'ai.unavailable', message, retryable: true }, used)
  }
  return { ok: true, provider: 'openai', model, text, ...used }
}

function errorOf(error: unknown, model: string, baseUrl: string): StepError {
  const passing = (code: string, message: string): StepError => ({
    code,
    message,
    retryable: true,
    retry_after_ms: null,
  })
  const provider = baseUrl === OWN_BASE_URL ? 'OpenAI' : `The AI server at ${new URL(baseUrl).host}`
  if (error instanceof APIConnectionTimeoutError) return passing('ai.timeout', `${provider} did not answer in time.`)
  if (error instanceof APIConnectionError) {
    return passing('ai.unavailable', `${provider} cannot be reached: ${causeOf(error)}.`)
  }
  if (error instanceof APIError && error.status !== undefined) {
    const { status, headers } = error
    const message = error.message.replace(/^\d{3}\s+/, '')
    return failureOf({ provider, setting: 'OPENAI_API_KEY', model, status, message, headers })
  }
  // A body that is no JSON, or JSON of another shape.
  return passing('ai.unavailable', `${provider} sent an answer that cannot be read.`)
}

function causeOf(error: Error): string {
  let at: unknown = error
  while (at instanceof Error && at.cause !== undefined) at = at.cause
  if (at instanceof Error && 'code' in at && typeof at.code === 'string') return at.code
  return at instanceof Error ? at.message : String(at)
}
