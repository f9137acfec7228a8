import { failed } from '#lib/ai-provider.ts'
import { createMockProvider, type MockOptions } from '#lib/mock-ai/mock.ts'
import type { MockMode } from '#lib/mock-ai/modes.ts'
import type { AiPort } from '#lib/steps/kit.ts'

/** What a model is made to do: behave as the mock does in a mode, say this text, or nothing at all. */
export type AiReply =
  | { readonly mode: MockMode }
  | { readonly text: string }
  /** There is no answer; the step fails with this sentence. */
  | { readonly none: string }

/** Answers calls to models in place of the mock; null: the mock answers, as the run's own modes say. */
export type AiScript = (call: { readonly step: string; readonly retry_count: number }) => AiReply | null

/** A model that says what a script gives for a step, and is the mock for all else. */
export function scriptedAi(script: AiScript | undefined, step: string, mock: AiPort, options: MockOptions): AiPort {
  return {
    async generate(request) {
      const reply = script?.({ step, retry_count: request.retry_count }) ?? null
      if (reply === null) return mock.generate(request)
      if ('mode' in reply) return createMockProvider({ ...options, modes: [reply.mode] }).generate(request)
      if ('none' in reply)
        return failed('script', 'script', { code: 'ai.no_answer', message: reply.none, retryable: false })
      return {
        ok: true,
        provider: 'script',
        model: 'script',
        text: reply.text,
        tokens_prompt: 0,
        tokens_output: 0,
        latency_ms: 0,
        cost_usd: 0,
      }
    },
  }
}
