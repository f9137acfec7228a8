import { z } from 'zod'
import { STEP_STATUSES } from '../workflow/state.ts'
import { JsonValue, Ordinal, SequenceNumber, Timestamp, ValueSource } from './common.ts'
import { DecisionEntry } from './run-waits.ts'

export const StepStatus = z.enum(STEP_STATUSES)
export type StepStatus = z.infer<typeof StepStatus>

export const AiCallEntry = z.object({
  id: z.string(),
  provider: z.string(),
  model: z.string(),
  template_id: z.string().nullable(),
  template_version: z.number().int().nullable(),
  /** 0 = first try. */
  retry_count: z.number().int(),
  prompt: z.string(),
  answer: z.string().nullable(),
  violations: z.array(z.object({ path: z.string(), message: z.string() })),
  tokens_prompt: z.number().int(),
  tokens_output: z.number().int(),
  latency_ms: z.number().int(),
  cost_usd: z.number().nullable(),
  error: z.string().nullable(),
  at: Timestamp,
})
export type AiCallEntry = z.infer<typeof AiCallEntry>

export const StepFailure = z.object({ code: z.string(), message: z.string(), retryable: z.boolean() })
export type StepFailure = z.infer<typeof StepFailure>

/** One attempt of one visit of a step. */
export const HistoryStep = z.object({
  step_id: z.string(),
  path: z.string(),
  type: z.string(),
  status: StepStatus,
  visit: z.number().int(),
  attempt: z.number().int(),
  /** Raised by each retry of the run. */
  epoch: z.number().int(),
  /** The parameters as rendered, secrets redacted; null where there are none. */
  input: JsonValue,
  output: JsonValue,
  source: ValueSource.nullable(),
  error: StepFailure.nullable(),
  started_at: Timestamp,
  ended_at: Timestamp.nullable(),
  duration_ms: z.number().int().nullable(),
  /** When the next attempt begins, where one follows. */
  retry_at: Timestamp.nullable(),
  ai_calls: z.array(AiCallEntry),
  /** Of an approval: who decided what, with the comments. */
  decisions: z.array(DecisionEntry),
})
export type HistoryStep = z.infer<typeof HistoryStep>

/** One attempt without its bodies: what a timeline shows of it. `runs.step` answers the rest. */
export const StepSummary = HistoryStep.omit({ input: true, output: true, ai_calls: true, decisions: true }).extend({
  /** Raised by each change of it: what is newer than the newest one knows is what changed since. */
  seq: z.number().int(),
  /** When a worker took it up, after `started_at`, when it was ready; null where none did or it has not told yet. */
  began_at: Timestamp.nullable(),
  /** Of its calls to a model; null where there were none. */
  ai: z
    .object({
      calls: z.number().int(),
      tokens: z.number().int(),
      /** null where a price is not known. */
      cost_usd: z.number().nullable(),
      /** Whether the built-in mock answered. */
      mock: z.boolean(),
    })
    .nullable(),
  decisions: z.array(DecisionEntry.pick({ approver: true, decision: true, at: true })),
  /** Present while it rests until an instant: that instant. */
  until: Timestamp.optional(),
})
export type StepSummary = z.infer<typeof StepSummary>

/** Names one attempt of a run. */
export const AttemptRef = z.strictObject({
  step_id: z.string().max(200),
  path: z.string().max(2_000),
  visit: Ordinal,
  attempt: Ordinal,
  epoch: SequenceNumber,
})
export type AttemptRef = z.infer<typeof AttemptRef>
