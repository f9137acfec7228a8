import type { JsonObject } from '../json.ts'
import type { Instant } from '../time.ts'
import type { ApprovalOpening } from './catalog.ts'

/**
 * The control state of a run: where it stands, small and apart from its data. Outputs live in their own rows and are
 * folded into the context when an expression needs them; here are only cursors, visits, waits and timers, in a tree of
 * scopes. Frozen fixtures of every `v` stay in the tests, because a run outlives a release.
 */
export interface RunState {
  readonly v: 1
  readonly status: RunStatus
  /** Raised by a retry; nothing follows a terminal event within an epoch. */
  readonly epoch: number
  /** Sequence number of the last history event; no gap. */
  readonly seq: number
  /** Step visits in all, for the limit of a run. */
  readonly taken: number
  /** By scope path; `root` always exists. */
  readonly scopes: { readonly [path: string]: ScopeState }
  /** Open waits by key. */
  readonly waits: { readonly [key: string]: WaitState }
  /** Armed timers by key. */
  readonly timers: { readonly [key: string]: TimerState }
  /** Answers to steps that have not asked yet, in the order in which they came; absent: none. */
  readonly early?: readonly EarlyAnswer[]
  /** Where a queued run begins once it is admitted; absent: at its first step. */
  readonly begins_at?: readonly Place[]
  readonly error: RunError | null
  /** The step at which it failed or was canceled: where a retry begins. */
  readonly stopped_at: string | null
}

export const RUN_STATUSES = ['queued', 'running', 'waiting', 'completed', 'failed', 'canceled'] as const
export type RunStatus = (typeof RUN_STATUSES)[number]

/** Of an attempt at a step; `pending` is told of steps that were not reached. */
export const STEP_STATUSES = ['pending', 'running', 'waiting', 'completed', 'failed', 'skipped', 'canceled'] as const
export type StepStatus = (typeof STEP_STATUSES)[number]

export const TERMINAL: ReadonlySet<RunStatus> = new Set(['completed', 'failed', 'canceled'])

/** A step of a scope. */
export interface Place {
  readonly path: string
  readonly step: string
}

export interface ScopeState {
  readonly kind: 'root' | 'branch' | 'item'
  /** The path of the scope whose step opened this one. */
  readonly parent: string | null
  readonly cursor: Cursor
  /** How often each step was entered in this scope. */
  readonly visits: { readonly [step: string]: number }
  /** What a reviewer asked to be changed, waiting to be read by the step it was sent back to. */
  readonly feedback: { readonly [step: string]: string }
  /** By approval step: what its approval bound. */
  readonly bindings: { readonly [step: string]: Binding }
  /** By approval step: how often a later change voided it, and the step that waits for it to be given again. */
  readonly reopened: { readonly [step: string]: { readonly times: number; readonly continue_at: string | null } }
}

/** The values an approval was given for: their names, and a digest over names and values. */
export interface Binding {
  readonly keys: readonly string[]
  readonly digest: string
  /** The instant it was rendered at: rendered again for comparison, `now()` must say the same. */
  readonly at: Instant
}

export type Cursor =
  | { readonly at: 'executing'; readonly step: string; readonly visit: number; readonly attempt: number }
  | {
      readonly at: 'backoff'
      readonly step: string
      readonly visit: number
      readonly attempt: number
      readonly timer: string
    }
  | { readonly at: 'waiting'; readonly step: string; readonly visit: number; readonly wait: string }
  | { readonly at: 'sleeping'; readonly step: string; readonly visit: number; readonly timer: string }
  /** A run of another workflow is under way. */
  | { readonly at: 'calling'; readonly step: string; readonly visit: number; readonly attempt: number }
  | { readonly at: 'forked'; readonly step: string; readonly visit: number; readonly fork: ForkState }
  /**
   * The attempt may have had its effect, and nobody knows: people say what happened. `sent_as`: the key it was sent under,
   * where that is the author's own.
   */
  | {
      readonly at: 'unknown'
      readonly step: string
      readonly visit: number
      readonly attempt: number
      readonly sent_as?: string
    }
  /** Broken off here, by a failure or a cancel: where a retry goes on. */
  | { readonly at: 'stopped'; readonly step: string }
  | { readonly at: 'end' }

/** The scopes that a step opened: counted here, so that those that ended well need not be kept. */
export interface ForkState {
  /** Path under which they stand: `<path>/<step>@<epoch>.<visit>`. */
  readonly scope: string
  readonly total: number
  /** How many were begun; they begin in order. */
  readonly begun: number
  readonly done: number
  readonly failed: number
  /** So many must end well. */
  readonly needed: number
  /** At most so many at once; null: all. */
  readonly limit: number | null
  /** Of the first that failed. */
  readonly error: RunError | null
  /** Broken off, and told so: its scopes only keep their places for a retry. */
  readonly over: boolean
}

export interface RunError {
  readonly code: string
  readonly message: string
  readonly step: string | null
}

interface WaitBase {
  readonly key: string
  readonly path: string
  readonly step: string
  readonly visit: number
  readonly opened_at: Instant
  /** Raised when the wait is reopened or escalated; older links and tokens stop working. */
  readonly generation: number
  readonly expires_at: Instant | null
}

export interface FormWaitState extends WaitBase {
  readonly kind: 'form'
}

export interface ApprovalWaitState extends WaitBase {
  readonly kind: 'approval'
  readonly policy: ApprovalPolicy
  /** Resolved and frozen when the approval opened; order matters for `sequential`. */
  readonly approvers: readonly Approver[]
  readonly decisions: readonly Decision[]
  /** Hash over what the approvers see; kept with each decision. */
  readonly digest: string
  /** What an approval of it binds. */
  readonly bound: Binding
  readonly reminders_sent: number
  readonly escalated: boolean
  readonly terms: ApprovalTerms
}

/** The rules of an approval as they stood when it opened. */
export type ApprovalTerms = Pick<
  ApprovalOpening,
  'reminder_ms' | 'timeout_ms' | 'on_timeout' | 'escalate_to' | 'on_reject' | 'on_revise' | 'choices' | 'self_approval'
>

export type WaitState = FormWaitState | ApprovalWaitState

export type ApprovalPolicy = 'any' | 'all' | 'sequential' | { readonly at_least: number }

export interface Approver {
  /** Stable within the wait: `a1`, `a2` … */
  readonly id: string
  readonly email: string
  readonly user_id: string | null
}

export interface Decision {
  /** The approver in whose place it counts. */
  readonly approver: string
  readonly decision: DecisionKind
  readonly comment: string
  readonly by: DecidedBy
  readonly at: Instant
}

export const DECISION_KINDS = ['approve', 'reject', 'revise'] as const
export type DecisionKind = (typeof DECISION_KINDS)[number]

/** Who decided and by which way. A key decides on behalf of an approver, never as a person; `timeout` is nobody. */
export interface DecidedBy {
  readonly via: 'app' | 'link' | 'key' | 'timeout'
  readonly id: string
  readonly label: string
}

export interface TimerState {
  readonly kind: 'expiry' | 'reminder' | 'backoff' | 'delay' | 'step_timeout' | 'run_timeout'
  readonly due: Instant
  /** The wait it belongs to, if any. */
  readonly wait: string | null
  readonly path: string | null
}

/** An answer that came before its wait opened: for the first wait of the step it names. */
export type EarlyAnswer = { readonly step: string; readonly by: DecidedBy; readonly at: Instant } & (
  | { readonly kind: 'form'; readonly values: JsonObject }
  | {
      readonly kind: 'approval'
      readonly decision: DecisionKind
      readonly comment: string
      /** An approver's id or address; null: the place of whoever speaks. */
      readonly approver: string | null
      readonly speaker: Speaker
    }
)

/** Who decides, as far as a place among approvers goes. All null: a key, which has none of its own. */
export interface Speaker {
  readonly user_id: string | null
  readonly email: string | null
  /** The approver's id that a link was made for. */
  readonly place: string | null
}
