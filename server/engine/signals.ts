import type { RunEvent } from '#lib/workflow/events.ts'
import { awaited } from '#lib/workflow/quorum.ts'
import type { ApprovalWaitState, WaitState } from '#lib/workflow/state.ts'
import type { Refusal } from '#lib/workflow/transition.ts'
import type { Actor, SignalAnswer, SignalInput } from './port.ts'

type Reason = Extract<SignalAnswer, { ok: false }>['reason']

/** Turns what a caller asks into an event for the wait it names, or says why that cannot be. Shared by all engines. */
export function toEvent(wait: WaitState, input: SignalInput, actor: Actor, at: string): RunEvent | Reason {
  if (input.generation !== null && input.generation !== wait.generation) return 'stale'
  if (input.kind === 'form') {
    return wait.kind === 'form'
      ? { type: 'form.submitted', wait: wait.key, values: input.values, by: input.by, at }
      : 'not_found'
  }
  if (wait.kind !== 'approval') return 'not_found'
  const { by } = input
  if (input.kind === 'reassign') {
    const place = namedPlace(wait, input.approver)
    if (place === null) return 'not_approver'
    return {
      type: 'approval.reassigned',
      wait: wait.key,
      approver: place,
      to: { email: input.to.toLowerCase(), user_id: null },
      comment: input.comment ?? '',
      by,
      at,
    }
  }
  const place = input.approver === null ? ownPlace(wait, actor) : namedPlace(wait, input.approver)
  if (place === null) return input.approver === null && actor.kind === 'apiKey' ? 'approver_needed' : 'not_approver'
  const { decision, comment } = input
  return { type: 'approval.decided', wait: wait.key, decision, comment, approver: place, by, at }
}

/** By id or address. */
function namedPlace(wait: ApprovalWaitState, name: string): string | null {
  return wait.approvers.find((a) => a.id === name || a.email.toLowerCase() === name.toLowerCase())?.id ?? null
}

/** The place of whoever calls. A key has none of its own: it may leave the name out where that is not ambiguous. */
function ownPlace(wait: ApprovalWaitState, actor: Actor): string | null {
  if (actor.kind === 'user') {
    const own = wait.approvers.find(
      (a) => a.user_id === actor.id || a.email.toLowerCase() === actor.email.toLowerCase(),
    )
    return own?.id ?? null
  }
  if (actor.kind === 'link') return actor.approver
  const open = awaited(wait)
  return wait.policy === 'any' || open.length === 1 ? (open[0]?.id ?? null) : null
}

/** A refusal of the core in the words of the port. */
export function toReason(refusal: Refusal): Reason {
  switch (refusal) {
    case 'not_approver':
    case 'not_your_turn':
    case 'decided':
    case 'choice_not_offered':
    case 'self_approval':
    case 'already_asked':
      return refusal
    case 'run_over':
      return 'canceled'
    default:
      return 'decided'
  }
}

/** Why a wait that is closed cannot be answered. */
export function closedReason(outcome: string): Reason {
  return outcome === 'expired' || outcome === 'canceled' ? outcome : 'decided'
}
