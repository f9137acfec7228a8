import type { Json, JsonObject } from '../json.ts'
import type { Instant } from '../time.ts'
import type { WaitOpening } from './catalog.ts'
import type { OutputSource } from './data.ts'
import type {
  ApprovalWaitState,
  Approver,
  DecidedBy,
  Decision,
  DecisionKind,
  EarlyAnswer,
  RunError,
  WaitState,
} from './state.ts'

/** What happens to a run: the only things that move its state. Data in them was validated before. */
export type RunEvent =
  /** `hold`: the run is created and queued until it is admitted. `from`: it begins at this step of the root. */
  | { readonly type: 'start'; readonly hold?: boolean; readonly from?: string; readonly at: Instant }
  /** A queued run may begin. */
  | { readonly type: 'admit'; readonly at: Instant }
  | {
      readonly type: 'step.succeeded'
      readonly activity: ActivityRef
      readonly result: StepResult
      readonly at: Instant
    }
  | {
      readonly type: 'step.failed'
      readonly activity: ActivityRef
      readonly error: StepError
      readonly result: StepReport
      readonly at: Instant
    }
  | {
      readonly type: 'form.submitted'
      readonly wait: string
      readonly values: JsonObject
      readonly by: DecidedBy
      readonly at: Instant
    }
  | {
      readonly type: 'approval.decided'
      readonly wait: string
      readonly decision: DecisionKind
      readonly comment: string
      /** The approver's id within the wait in whose place it counts. */
      readonly approver: string
      readonly by: DecidedBy
      readonly at: Instant
    }
  | {
      readonly type: 'approval.reassigned'
      readonly wait: string
      readonly approver: string
      readonly to: Omit<Approver, 'id'>
      /** Why; absent or empty: not told. */
      readonly comment?: string
      readonly by: DecidedBy
      readonly at: Instant
    }
  /** An answer to a step that has not asked yet: kept until it does. */
  | { readonly type: 'answer.early'; readonly answer: EarlyAnswer; readonly at: Instant }
  /** A worker was lost after the effect was sent and before its answer was kept: nobody here knows what happened. */
  | { readonly type: 'effect.unknown'; readonly activity: ActivityRef; readonly evidence: Json; readonly at: Instant }
  /** A person says what happened: do it again with the same key, it is done with this result, or it failed. */
  | {
      readonly type: 'effect.resolved'
      readonly activity: ActivityRef
      readonly resolution: EffectResolution
      readonly by: DecidedBy
      readonly at: Instant
    }
  | { readonly type: 'timer.fired'; readonly timer: string; readonly at: Instant }
  | { readonly type: 'cancel'; readonly reason: string; readonly at: Instant }
  /**
   * From a failed run: begins the next epoch at `from`, keeping everything committed before it. `hold`: it is queued until
   * it is admitted.
   */
  | {
      readonly type: 'retry'
      readonly from: string | null
      readonly inputs: JsonObject | null
      readonly hold?: boolean
      readonly at: Instant
    }

export type EffectResolution =
  | { readonly do: 'repeat' }
  | { readonly do: 'done'; readonly result: Json }
  | { readonly do: 'fail'; readonly reason: string }

/** Names one attempt of one visit of a step: what a worker is given and answers to. */
export interface ActivityRef {
  readonly path: string
  readonly step: string
  readonly visit: number
  readonly attempt: number
  readonly epoch: number
}

/** What an executor tells of an attempt, good or bad; shown in the history, never merged into the context. */
export interface StepReport {
  /** The step's parameters as rendered, secrets redacted. */
  readonly input: Json
  readonly ai_calls: readonly AiCall[]
  /** When the worker took it up; absent where an engine does not tell. Before it, the attempt was in the queue. */
  readonly began_at?: Instant
}

export interface StepResult extends StepReport {
  readonly output: Json
}

export interface StepError {
  readonly code: string
  readonly message: string
  readonly retryable: boolean
  /** The earliest retry the other side asked for (`Retry-After`), in ms from now. */
  readonly retry_after_ms: number | null
}

/** One call to a model. */
export interface AiCall {
  readonly provider: string
  readonly model: string
  readonly template_id: string | null
  readonly template_version: number | null
  /** 0 = first try, then one per re-ask. */
  readonly retry_count: number
  readonly prompt: string
  readonly answer: string | null
  readonly violations: readonly { readonly path: string; readonly message: string }[]
  readonly tokens_prompt: number
  readonly tokens_output: number
  readonly latency_ms: number
  /** US dollars; null where the model's price is not known. */
  readonly cost_usd: number | null
  readonly error: string | null
}

/** The history: facts that the transition decided, each with all that `project` needs to write its rows. */
export type HistoryEvent = { readonly seq: number; readonly at: Instant; readonly epoch: number } & HistoryFact

export type HistoryFact =
  | { readonly type: 'run.created' }
  | { readonly type: 'run.started' }
  | { readonly type: 'run.waiting'; readonly current_step: string }
  | { readonly type: 'run.resumed' }
  | { readonly type: 'run.completed'; readonly outputs: Json }
  | { readonly type: 'run.failed'; readonly error: RunError }
  | { readonly type: 'run.canceled'; readonly reason: string }
  | { readonly type: 'run.reopened'; readonly from: string; readonly inputs: JsonObject | null }
  | ({ readonly type: 'step.started'; readonly step_type: string } & ActivityRef)
  | ({
      readonly type: 'step.completed'
      readonly step_type: string
      readonly output: Json
      readonly source: OutputSource
      readonly report: StepReport | null
      /** The scope path of a fork that ends here. */
      readonly joins?: string
    } & ActivityRef)
  | ({
      readonly type: 'step.failed'
      readonly step_type: string
      readonly error: StepError
      readonly report: StepReport | null
      /** Set while another attempt follows. */
      readonly retry_at: Instant | null
    } & ActivityRef)
  | ({ readonly type: 'step.skipped'; readonly step_type: string; readonly reason: string } & ActivityRef)
  | ({ readonly type: 'step.canceled'; readonly step_type: string } & ActivityRef)
  /** The step opened scopes under `scope`; they are gone with its end. */
  | ({
      readonly type: 'step.forked'
      readonly step_type: string
      readonly scope: string
      readonly items: readonly Json[] | null
      readonly total: number
    } & ActivityRef)
  | ({ readonly type: 'step.unknown'; readonly step_type: string; readonly evidence: Json } & ActivityRef)
  | ({
      readonly type: 'step.resolved'
      readonly step_type: string
      readonly resolution: EffectResolution['do']
      readonly by: DecidedBy
    } & ActivityRef)
  /** The step rests until an instant. */
  | ({ readonly type: 'step.sleeping'; readonly step_type: string; readonly until: Instant } & ActivityRef)
  | { readonly type: 'wait.opened'; readonly wait: WaitState; readonly opening: WaitOpening }
  | { readonly type: 'wait.decided'; readonly wait: ApprovalWaitState; readonly decision: Decision }
  | { readonly type: 'wait.reminded'; readonly wait: string; readonly count: number }
  | { readonly type: 'wait.escalated'; readonly wait: ApprovalWaitState }
  | {
      readonly type: 'wait.reassigned'
      readonly wait: ApprovalWaitState
      readonly from: string
      readonly to: string
      readonly comment?: string
      readonly by: DecidedBy
    }
  | {
      readonly type: 'wait.closed'
      readonly wait: string
      readonly outcome: WaitOutcome
      readonly by: DecidedBy | null
    }
  /** An answer came before its wait; when the wait opened it did not fit; the run ended without opening one. */
  | { readonly type: 'answer.kept'; readonly step: string; readonly kind: EarlyAnswer['kind']; readonly by: DecidedBy }
  | {
      readonly type: 'answer.refused'
      readonly step: string
      readonly path: string
      readonly reason: string
      readonly by: DecidedBy
    }
  | { readonly type: 'answer.forgotten'; readonly step: string; readonly by: DecidedBy }

export type WaitOutcome = 'submitted' | 'approved' | 'rejected' | 'revised' | 'expired' | 'canceled'
