import { type AiProvider, estimateTokens, failed } from '#lib/ai-provider.ts'
import type { AiAnswer, AiRequest } from '#lib/steps/kit.ts'
import { makeInstance } from './instance.ts'
import type { MockMode } from './modes.ts'
import { createProse } from './prose.ts'
import { createRandom, seedOf } from './random.ts'
import { violate } from './violate.ts'

export interface MockOptions {
  /** The same seed, prompt and schema give the same answer. */
  readonly seed: number
  readonly modes: readonly [MockMode, ...MockMode[]]
  /** Called before a call that will never be answered: whoever has a clock of its own lets the deadline pass. */
  readonly onSilence?: (request: AiRequest) => void
}

const MODEL = 'mock-1'
/** Steps whose calls are counted for a list of modes; older ones begin anew. */
const REMEMBERED = 1_000

/** A model that costs nothing and always says the same: for trying out, demos and tests. */
export function createMockProvider({ seed, modes, onSilence }: MockOptions): AiProvider {
  const calls = new Map<string, number>()

  /** A list of modes is walked along by the calls of a step, its retries included. */
  function modeOf(request: AiRequest): MockMode {
    const before = calls.get(request.idempotencyKey) ?? 0
    const oldest = calls.keys().next()
    if (calls.size >= REMEMBERED && !oldest.done) calls.delete(oldest.value)
    calls.set(request.idempotencyKey, before + 1)
    const mode = modes[Math.min(before, modes.length - 1)] ?? modes[0]
    if (mode !== 'schema_violation_once') return mode
    return request.retry_count === 0 ? 'schema_violation' : 'success'
  }

  return {
    name: 'mock',
    async generate(request) {
      request.signal.throwIfAborted()
      const began = performance.now()
      const mode = modeOf(request)
      if (mode === 'timeout') {
        onSilence?.(request)
        return await abortion(request.signal)
      }
      if (mode === 'transient_error') {
        const message = 'The mock is set to fail for a moment (MOCK_AI_MODE has transient_error).'
        return failed('mock', MODEL, { code: 'ai.unavailable', message, retryable: true })
      }
      const text = answer(request, seed, mode)
      if (text === null) {
        const message =
          'The mock found no answer that fits this schema. Check that its parts do not contradict each other.'
        return failed('mock', MODEL, { code: 'ai.no_answer', message, retryable: false })
      }
      return {
        ok: true,
        provider: 'mock',
        model: MODEL,
        text,
        tokens_prompt: estimateTokens(request.messages.map((message) => message.content).join('\n')),
        tokens_output: estimateTokens(text),
        latency_ms: Math.round(performance.now() - began),
        cost_usd: 0,
      }
    },
  }
}

function answer(request: AiRequest, seed: number, mode: MockMode): string | null {
  const schema = request.output_schema
  const prompt = request.messages.find((message) => message.role === 'user')?.content ?? ''
  const own = seedOf(seed, JSON.stringify(request.messages), JSON.stringify(schema))
  if (schema === null) return createProse(prompt, createRandom(own)).text('text', 0, Number.POSITIVE_INFINITY)
  const instance = makeInstance(schema, prompt, own)
  if (mode === 'schema_violation') return violate(schema, instance?.value ?? null)
  return instance === null ? null : JSON.stringify(instance.value, null, 2)
}

/** Never answers; ends when the step's deadline or a cancel does. */
function abortion(signal: AbortSignal): Promise<AiAnswer> {
  return new Promise((_, reject) => {
    const end = () => reject(signal.reason)
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })
}
