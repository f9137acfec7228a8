import type { Json, JsonObject } from '../json.ts'
import type { Instant } from '../time.ts'
import type { WaitOpening } from './catalog.ts'
import type { OutputSource } from './data.ts'
import type { ActivityRef, AiCall, HistoryEvent, WaitOutcome } from './events.ts'
import type { DecidedBy, Decision, RunError, RunStatus, StepStatus, WaitState } from './state.ts'

/** What a turn changes in the rows that people and lists read. */
export interface RowChanges {
  readonly run: RunChange
  readonly events: readonly EventRow[]
  readonly steps: readonly StepRow[]
  readonly waits: readonly WaitChange[]
  readonly decisions: readonly DecisionRow[]
  readonly aiCalls: readonly AiCallRow[]
}

export interface RunChange {
  readonly status: RunStatus
  readonly epoch: number
  readonly current_step: string | null
  readonly error: RunError | null
  /** Set when the run completed with declared outputs. */
  readonly outputs: Json
  /** Inputs that a retry edited, to be merged over the old ones. */
  readonly inputs: JsonObject | null
  readonly ended_at: Instant | null
  readonly added_cost_usd: number
  readonly added_tokens: number
}

export interface EventRow {
  readonly seq: number
  readonly epoch: number
  readonly type: HistoryEvent['type']
  readonly at: Instant
  readonly step_id: string | null
  readonly path: string | null
  readonly data: JsonObject
}

export interface StepRow {
  readonly epoch: number
  readonly path: string
  readonly step_id: string
  readonly visit: number
  readonly attempt: number
  readonly type: string
  readonly status: StepStatus
  readonly seq: number
  readonly input: Json
  readonly output: Json
  readonly source: OutputSource | null
  readonly error: Json
  /** Kept from the first write where the row exists. */
  readonly started_at: Instant
  /** When a worker took it up; told with its end. */
  readonly began_at: Instant | null
  readonly ended_at: Instant | null
  readonly retry_at: Instant | null
}

export interface WaitChange {
  readonly key: string
  /** Set when it opens here. */
  readonly opened: { readonly wait: WaitState; readonly opening: WaitOpening } | null
  /** Its newest form; null: unchanged. */
  readonly wait: WaitState | null
  readonly closed: { readonly outcome: WaitOutcome; readonly by: DecidedBy | null; readonly at: Instant } | null
}

export interface DecisionRow extends Decision {
  readonly wait: string
  readonly generation: number
  readonly digest: string
}

export interface AiCallRow extends ActivityRef {
  readonly call: AiCall
  readonly position: number
  readonly at: Instant
}
