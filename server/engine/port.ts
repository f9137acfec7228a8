import type { JsonObject } from '#lib/json.ts'
import type { Role } from '#lib/permissions.ts'
import type { Profile } from '#lib/workflow/data.ts'
import type { WorkflowDefinition } from '#lib/workflow/definition.ts'
import type { ActivityRef, EffectResolution, StepError } from '#lib/workflow/events.ts'
import type { DecidedBy, DecisionKind, RunState, RunStatus, WaitState } from '#lib/workflow/state.ts'

/**
 * The engine port: coarse on purpose. Each call is atomic inside its adapter, so no crash falls between two calls, and no
 * transaction object appears in a signature. Services know only this file.
 */
export interface Engine {
  /** Creates a run, or answers the one an idempotency key created before. */
  start(call: Call, input: StartInput): Promise<StartAnswer>
  signal(call: Call, input: SignalInput): Promise<SignalAnswer>
  /** Keeps an answer for a step that has not asked yet: it is taken, and looked at, the moment the step's wait opens. */
  signalEarly(call: Call, input: EarlySignal): Promise<EarlySignalAnswer>
  cancel(call: Call, input: { readonly run_id: string; readonly reason: string }): Promise<RunAnswer>
  /** Begins the next epoch of a failed or canceled run; one of those that take turns is queued first. */
  retry(
    call: Call,
    input: { readonly run_id: string; readonly from_step: string | null; readonly inputs: JsonObject | null },
  ): Promise<RunAnswer>
  /** Starts another run from a step of this one, with what the steps before it produced; `profile` is of who starts it. */
  fork(call: Call, input: ForkInput): Promise<ForkAnswer>
  /** Says what happened to an effect of which the engine does not know; `effect_id` is the key it was sent under. */
  resolve(
    call: Call,
    input: {
      readonly run_id: string
      readonly effect: string
      readonly resolution: EffectResolution
      readonly by: DecidedBy
    },
  ): Promise<RunAnswer>
  /** Control state of a run; null when there is none. */
  describe(run_id: string): Promise<RunDescription | null>
}

/** Who calls, and what must be written in the same commit as the change. */
export interface Call {
  readonly actor: Actor
  readonly request_id: string
  readonly audit: AuditIntent | null
}

export type Actor =
  | {
      readonly kind: 'user'
      readonly id: string
      readonly email: string
      readonly name: string | null
      readonly role: Role
    }
  | {
      readonly kind: 'apiKey'
      readonly id: string
      readonly name: string
      readonly role: Role
      readonly scopes: readonly string[] | null
      readonly agent_id: string | null
    }
  /** A person who came by a mailed or public link; bound to one wait. */
  | { readonly kind: 'link'; readonly wait_id: string; readonly approver: string | null; readonly email: string | null }
  | { readonly kind: 'system'; readonly name: string }

export type { Role }

export interface AuditIntent {
  /** Dotted verb, e.g. `run.start`. */
  readonly action: string
  /** What it was done to, e.g. `run_…`. `run:new` stands for the run a start creates. */
  readonly target: string
  readonly detail: JsonObject
}

export interface StartInput {
  readonly workflow_id: string
  readonly workflow_name: string
  readonly workflow_version: number
  readonly definition: WorkflowDefinition
  readonly inputs: JsonObject
  readonly static: JsonObject
  readonly profile: Profile
  /** `fingerprint` is the hash of the request's meaning: the same key with another one is refused. */
  readonly idempotency: { readonly key: string; readonly fingerprint: string } | null
  /** The step that waits for this run's end; absent for a run of its own. */
  readonly parent?: ParentLink
  /** Runs of one key of which only so many may be under way: this one waits for its turn. */
  readonly concurrency?: { readonly key: string; readonly max: number }
}

/** The step of another run that called this one. */
export interface ParentLink {
  readonly run_id: string
  readonly activity: ActivityRef
}

/** What a step that calls a workflow asks of its host: the start of a run, or why there is none. */
export type ChildStart =
  | { readonly ok: true; readonly start: Omit<StartInput, 'idempotency' | 'parent'> }
  | { readonly ok: false; readonly error: StepError }

export interface ForkInput extends Pick<StartInput, 'profile' | 'idempotency' | 'concurrency'> {
  readonly run_id: string
  readonly from_step: string
  readonly inputs: JsonObject | null
}

export type ForkAnswer = StartAnswer | Extract<RunAnswer, { ok: false }>

export type StartAnswer =
  | { readonly ok: true; readonly run_id: string; readonly status: RunStatus; readonly replayed: boolean }
  /** `caller_over`: the step that asked for it has ended meanwhile. */
  | { readonly ok: false; readonly reason: 'key_reused' | 'caller_over' }

/** `wait_id` names the wait; `generation` that the token or link was minted for (null: whichever is open). */
export type SignalInput = {
  readonly run_id: string
  readonly wait_id: string
  readonly generation: number | null
  readonly by: DecidedBy
} & (
  | { readonly kind: 'form'; readonly values: JsonObject }
  | {
      readonly kind: 'approval'
      readonly decision: DecisionKind
      readonly comment: string
      /** An approver id or e-mail; null: the actor's own place, or for a key the one place that is open. */
      readonly approver: string | null
    }
  /** Gives one approver's place to somebody else; the old link then explains itself. */
  | { readonly kind: 'reassign'; readonly approver: string; readonly to: string; readonly comment?: string }
)

export type SignalAnswer =
  | { readonly ok: true; readonly run_id: string; readonly status: RunStatus; readonly wait_open: boolean }
  | {
      readonly ok: false
      /** `decided`: by whom and when stands in `decided`. `stale`: the link or token belongs to an older generation. */
      readonly reason:
        | 'not_found'
        | 'decided'
        | 'expired'
        | 'canceled'
        | 'stale'
        | 'not_approver'
        | 'not_your_turn'
        | 'choice_not_offered'
        | 'self_approval'
        | 'approver_needed'
        | 'already_asked'
      readonly decided: { readonly outcome: string; readonly by: string | null; readonly at: string | null } | null
    }

/** `step` names the first wait that it opens in this epoch. Whether the answer fits is said when it does. */
export type EarlySignal = { readonly run_id: string; readonly step: string; readonly by: DecidedBy } & (
  | { readonly kind: 'form'; readonly values: JsonObject }
  | {
      readonly kind: 'approval'
      readonly decision: DecisionKind
      readonly comment: string
      /** As for `signal`. */
      readonly approver: string | null
    }
)

export type EarlySignalAnswer =
  | { readonly ok: true; readonly run_id: string; readonly status: RunStatus }
  | {
      readonly ok: false
      /**
       * `wait_open`: it asks now, and is answered by its id. `many_waits`: it asks for each item of a list. `decided`: somebody
       * answered before, early or not.
       */
      readonly reason: 'not_found' | 'unknown_step' | 'many_waits' | 'wait_open' | 'decided' | 'run_over'
      readonly decided: Extract<SignalAnswer, { ok: false }>['decided']
    }

export type RunAnswer =
  | { readonly ok: true; readonly run_id: string; readonly status: RunStatus }
  | {
      readonly ok: false
      readonly reason: 'not_found' | 'wrong_state' | 'unknown_step' | 'unknown_effect'
      readonly status: RunStatus | null
    }

export interface RunDescription {
  readonly run_id: string
  readonly workflow_id: string
  readonly workflow_version: number
  readonly status: RunStatus
  readonly state: RunState
  readonly waits: readonly { readonly wait_id: string; readonly wait: WaitState }[]
}
