import type { Json, JsonObject, JsonSchema } from '../json.ts'

/**
 * The canonical form of a workflow, stored beside the author's text. Whatever style the text is written in,
 * everything after `normalise` reads only this. `ir` is raised when the form changes; old forms are upgraded on load.
 */
export interface WorkflowDefinition {
  readonly ir: 1
  readonly name: string
  readonly description: string | null
  readonly tags: readonly string[]
  /** The author's own version label; the server owns revision numbers. */
  readonly label: string | number | null
  readonly start: string
  /** null: not declared, any JSON object is accepted. */
  readonly inputs: InputsDefinition | null
  readonly static: JsonObject
  readonly secrets: readonly string[]
  readonly limits: Limits
  readonly steps: readonly Step[]
  /** Templates rendered when the run completes; null: not declared. */
  readonly outputs: Json
}

export interface InputsDefinition {
  readonly fields: readonly Field[]
  /** What the browser and the server validate by. */
  readonly schema: JsonSchema
}

export interface Limits {
  readonly timeout_ms: number | null
  /** `auto`: a start without a key uses the hash of workflow and canonical inputs. */
  readonly idempotency: 'auto' | null
  /** How many runs of one key may be under way at once; the others are queued. Absent or null: any number. */
  readonly concurrency?: ConcurrencyLimit | null
}

export interface ConcurrencyLimit {
  readonly max: number
  /** An expression over the start's context; null: one key for the workflow. */
  readonly key: string | null
}

export interface Step {
  readonly id: string
  readonly type: string
  readonly name: string | null
  /** Always explicit here: the following step where the text gave none; null ends the run. */
  readonly next: string | null
  /** An expression; false skips the step. */
  readonly when: string | null
  readonly retry: RetryPolicy | null
  /** Of each attempt. null also where the type has a timeout of its own: then `config.timeout_ms` says what it means there. */
  readonly timeout_ms: number | null
  /** A step id, or null: fail the run. */
  readonly on_error: string | null
  readonly output_key: string | null
  /** The step type's own parameters, canonical and checked by its room. */
  readonly config: JsonObject
  /** The steps inside this one; absent where a step holds none. Their ids are unique in the whole definition. */
  readonly blocks?: readonly Block[]
}

/** A sequence of steps inside a step: one branch, or what is done for each item. No jump crosses its boundary. */
export interface Block {
  readonly name: string
  readonly start: string
  readonly steps: readonly Step[]
}

/** Every step of a list and of the blocks inside it, each before those it holds. */
export function allSteps(steps: readonly Step[]): readonly Step[] {
  return steps.flatMap((step) => [step, ...(step.blocks ?? []).flatMap((block) => allSteps(block.steps))])
}

export interface RetryPolicy {
  /** Calls in all, the first included. */
  readonly max_attempts: number
  readonly interval_ms: number
  readonly backoff_rate: number
  readonly max_delay_ms: number
  /** Share of the delay that is spread, 0–1. */
  readonly jitter: number
  /** Error codes that are retried; null: every error marked retryable. */
  readonly on: readonly string[] | null
}

/** A form field or declared input. */
export interface Field {
  readonly key: string
  readonly type: FieldType
  readonly label: string
  readonly required: boolean
  readonly default?: Json
  readonly prefill?: string
  readonly help?: string
  readonly placeholder?: string
  readonly pattern?: string
  /** Of a number's value, or of a text's length. */
  readonly minimum?: number
  readonly maximum?: number
  readonly multiline?: boolean
  readonly options?: readonly FieldOption[]
  readonly show_if?: string
  readonly required_if?: string
}

export interface FieldOption {
  readonly value: string | number | boolean
  readonly label: string
}

export const FIELD_TYPES = [
  'string',
  'number',
  'integer',
  'boolean',
  'date',
  'datetime',
  'time',
  'email',
  'url',
  'enum',
  'array',
  'hidden',
] as const
export type FieldType = (typeof FIELD_TYPES)[number]
