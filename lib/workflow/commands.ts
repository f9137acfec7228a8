import type { JsonObject } from '../json.ts'
import type { Instant } from '../time.ts'
import type { ActivityRef } from './events.ts'
import type { TimerState } from './state.ts'

/** What a transition asks of the engine that hosts it. The core itself executes nothing. */
export type Command =
  /**
   * Give the step to a worker. `key` is the idempotency key of its effect: `run:path:step:visit:epoch`. `sent_as`: another
   * one that the author gave it, under which it was sent before and is to be sent again.
   */
  | { readonly do: 'execute'; readonly activity: ActivityRef; readonly key: string; readonly sent_as?: string }
  /** Take back what was given: nothing new begins after a cancel is acknowledged. */
  | { readonly do: 'abandon'; readonly activity: ActivityRef; readonly key: string }
  /** Start a run of another workflow; its end comes back as the end of this activity. */
  | {
      readonly do: 'call'
      readonly activity: ActivityRef
      readonly key: string
      readonly workflow: string
      readonly inputs: JsonObject
    }
  /** Cancel the run that `call` started. */
  | { readonly do: 'hang_up'; readonly activity: ActivityRef; readonly key: string }
  | { readonly do: 'arm_timer'; readonly key: string; readonly timer: TimerState }
  | { readonly do: 'disarm_timer'; readonly key: string }
  /** One message per recipient; rendered and sent by the engine after the commit. */
  | { readonly do: 'send'; readonly message: MessageRequest }

export interface MessageRequest {
  readonly kind: 'approval_request' | 'approval_reminder' | 'approval_escalation' | 'form_request'
  readonly wait: string
  /** The approver's id in the wait; null for a form's assignee. */
  readonly approver: string | null
  readonly to: string
  readonly generation: number
  readonly due: Instant | null
}
