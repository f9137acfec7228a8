import type { Json, JsonSchema } from '#lib/json.ts'
import type { Violation } from '#lib/schema/validate-interpreted.ts'

/** What the validator and its thread say to each other. One question is under way at a time. */
export interface Question {
  readonly id: number
  readonly schema: JsonSchema
  readonly value: Json
}

/** `cpu_ms`: processor time the thread has used since it began, up to this message. */
export type Message = { readonly cpu_ms: number } & (
  | { readonly kind: 'ready' }
  | { readonly kind: 'violations'; readonly id: number; readonly violations: readonly Violation[] }
  /** Not the value's fault: the schema does not compile. */
  | { readonly kind: 'failure'; readonly id: number; readonly failure: string }
)
