import type { ValueSource } from '#lib/contracts/common.ts'
import type { RunEventEntry } from '#lib/contracts/run-events.ts'
import type { HistoryStep } from '#lib/contracts/run-steps.ts'
import type { RunContext, RunDetail } from '#lib/contracts/runs.ts'
import type { JsonObject } from '#lib/json.ts'
import type { Instant } from '#lib/time.ts'
import type { MessageRequest } from '#lib/workflow/commands.ts'
import type { WaitOutcome } from '#lib/workflow/events.ts'
import type { DecisionKind, TimerState } from '#lib/workflow/state.ts'

/** What people do in a simulated run, and how time passes: a script of these is all there is to a run. */
export type SimulationAct =
  | { readonly do: 'submit'; readonly step: string; readonly values: JsonObject }
  | {
      readonly do: 'decide'
      readonly step: string
      /** Address or id of the approver in whose place it counts. */
      readonly approver: string
      readonly decision: DecisionKind
      readonly comment: string
    }
  /** Moves the virtual clock by so many milliseconds, firing timers on the way. */
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'cancel'; readonly reason: string }
  /** From a failed or canceled run; `from_step: null` is where it stopped. */
  | { readonly do: 'retry'; readonly from_step: string | null; readonly inputs: JsonObject | null }

/** What came of a script. */
export interface SimulatedRun {
  readonly run: RunDetail
  /** Every attempt with all that belongs to it, in the order in which they began. */
  readonly attempts: readonly HistoryStep[]
  readonly events: readonly RunEventEntry[]
  readonly context: RunContext
  /** Mails that would have gone out, in order. */
  readonly mails: readonly SimulatedMail[]
  /** What happened, in order: attempts of steps, mails, and what time did. */
  readonly story: readonly StoryEntry[]
  /** Who made each value that the first open approval shows. */
  readonly provenance: Readonly<Record<string, ValueSource>>
  /** The virtual time. */
  readonly now: Instant
  /** The next reminder, timeout or escalation; null when none is to come. */
  readonly next_timer: { readonly at: Instant; readonly kind: TimerState['kind'] } | null
  /** The first act that could not be done; those after it were not tried. */
  readonly problem: ActProblem | null
}

export type StoryEntry =
  | { readonly kind: 'step'; readonly at: Instant; readonly attempt: HistoryStep }
  | { readonly kind: 'mail'; readonly at: Instant; readonly mail: SimulatedMail }
  | {
      readonly kind: 'silence'
      readonly at: Instant
      readonly step: string
      /** What came of nobody answering. */
      readonly outcome: 'escalated' | WaitOutcome
    }
  | { readonly kind: 'canceled' | 'retried'; readonly at: Instant }

export interface SimulatedMail {
  readonly to: string
  readonly kind: MessageRequest['kind']
  readonly subject: string
  readonly step: string
  readonly at: Instant
}

export interface ActProblem {
  /** Its place in the script, from 0. */
  readonly act: number
  /** Why it could not be done, in a sentence. */
  readonly message: string
  /** What is wrong with single fields of a form. */
  readonly fields: readonly { readonly path: string; readonly message: string }[]
}
