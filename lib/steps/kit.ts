import type { Json, JsonObject, JsonSchema } from '#lib/json.ts'
import type { Step } from '#lib/workflow/definition.ts'
import type { ActivityRef, AiCall, StepError } from '#lib/workflow/events.ts'
import type { Scope } from '#lib/workflow/scope.ts'

/**
 * What an executor works with. It imports nothing from the server; everything it may do to the outside world comes in
 * here, so the same room runs under Postgres, in memory and elsewhere.
 */
export interface StepContext<C = unknown> {
  readonly step: Step
  readonly config: C
  readonly scope: Scope
  readonly activity: ActivityRef
  /** Stable over all attempts of this visit: sent outwards as `Idempotency-Key`. */
  readonly idempotencyKey: string
  /** The author's own key under which this attempt was sent before: somebody asked for it to be sent again, the same. */
  readonly sentAs?: string
  readonly requestId: string
  /** Aborted when the attempt's deadline passes, the run is canceled or the lease is lost. */
  readonly signal: AbortSignal
  /** Aborted once so many milliseconds have passed; absent: by the real clock. */
  readonly deadline?: (ms: number) => AbortSignal
  /** What a reviewer asked to be changed, if this visit comes from a revision. */
  readonly feedback: string | null
  /**
   * Awaited right before the first byte of a request that must not go out twice unasked, with what is known of it: from
   * here on a lost worker leaves an effect of which nobody knows, and people are asked. A rejection means: do not send.
   */
  readonly sent: (evidence: JsonObject) => Promise<void>
  readonly ai: AiPort
  readonly http: HttpPort
  readonly schemas: SchemaPort
  readonly prompts: PromptPort
}

export type ExecutorResult =
  | { readonly ok: true; readonly output: Json; readonly input: Json; readonly ai_calls?: readonly AiCall[] }
  | { readonly ok: false; readonly error: StepError; readonly input: Json; readonly ai_calls?: readonly AiCall[] }

/** Executes one attempt. Expected failures are answers, not exceptions; a throw is a defect and fails the step as `step.internal`. */
export type StepExecutor<C = unknown> = (context: StepContext<C>) => Promise<ExecutorResult>

export interface AiPort {
  /** Provider errors come back as `ok: false`; an abort rejects with the signal's reason. */
  generate(request: AiRequest): Promise<AiAnswer>
}

export interface AiRequest {
  /** null: the configured one; the mock only if none is configured. */
  readonly provider: string | null
  readonly model: string | null
  readonly messages: readonly { readonly role: 'system' | 'user' | 'assistant'; readonly content: string }[]
  readonly output_schema: JsonSchema | null
  readonly temperature: number | null
  readonly max_tokens: number | null
  /** 0 for the first call of an attempt, then one per re-ask. */
  readonly retry_count: number
  readonly idempotencyKey: string
  readonly signal: AbortSignal
}

export type AiAnswer = {
  readonly provider: string
  readonly model: string
  readonly tokens_prompt: number
  readonly tokens_output: number
  readonly latency_ms: number
  readonly cost_usd: number | null
} & ({ readonly ok: true; readonly text: string } | { readonly ok: false; readonly error: StepError })

export interface HttpPort {
  /** Every outbound call goes through the one egress client behind this port. Network trouble comes back as `ok: false`. */
  request(request: HttpRequest): Promise<HttpAnswer>
}

export interface HttpRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  readonly timeout_ms: number
  readonly signal: AbortSignal
  /** The body holds a secret: a redirect does not hand it on to another origin. */
  readonly secret_body?: boolean
  /** Awaited once the request is complete, before anything of it is sent; a rejection keeps it here and is passed on. */
  readonly before_send?: () => Promise<void>
}

export type HttpAnswer =
  | {
      readonly ok: true
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly body: string
    }
  | { readonly ok: false; readonly error: StepError }

export interface SchemaPort {
  /** Validates in a thread with a deadline, behind the schema gate. An empty list means valid. */
  validate(schema: JsonSchema, value: Json): Promise<readonly { readonly path: string; readonly message: string }[]>
}

export interface PromptPort {
  /** A stored template by id; `version: null` = the newest. null when there is none. */
  get(
    id: string,
    version: number | null,
  ): Promise<{ readonly id: string; readonly version: number; readonly content: string } | null>
}
