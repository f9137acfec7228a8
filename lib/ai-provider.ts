import type { AiAnswer, AiRequest } from '#lib/steps/kit.ts'
import type { StepError } from '#lib/workflow/events.ts'

/** One way to reach a model. Failures that can be foreseen are answers; an abort rejects with the signal's reason. */
export interface AiProvider {
  readonly name: string
  generate(request: AiRequest): Promise<AiAnswer>
}

/** An answer that is none: nothing was used up as far as is known. */
export function failed(
  provider: string,
  model: string,
  error: Omit<StepError, 'retry_after_ms'> & { readonly retry_after_ms?: number | null },
  more: {
    readonly tokens_prompt?: number
    readonly tokens_output?: number
    readonly cost_usd?: number | null
    readonly latency_ms?: number
  } = {},
): AiAnswer {
  return {
    ok: false,
    provider,
    model,
    tokens_prompt: more.tokens_prompt ?? 0,
    tokens_output: more.tokens_output ?? 0,
    latency_ms: more.latency_ms ?? 0,
    cost_usd: more.cost_usd === undefined ? 0 : more.cost_usd,
    error: { ...error, retry_after_ms: error.retry_after_ms ?? null },
  }
}

/** What a text costs where the provider does not say: about four characters a token. */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / 4)
}
