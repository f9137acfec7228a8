import type { RunEvent } from '#lib/workflow/events.ts'
import { keptInPlaceOf } from '#lib/workflow/kept-answers.ts'
import { namedPlace, ownPlace } from '#lib/workflow/places.ts'
import type { EarlyAnswer, RunState, Speaker, WaitState } from '#lib/workflow/state.ts'
import type { Refusal } from '#lib/workflow/transition.ts'
import type { Actor, EarlySignal, EarlySignalAnswer, SignalAnswer, SignalInput } from './port.ts'

type Reason = Extract<SignalAnswer, { ok: false }>['reason']
type Refused = Extract<EarlySignalAnswer, { ok: false }>

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
  const place = input.approver === null ? ownPlace(wait, speakerOf(actor)) : namedPlace(wait, input.approver)
  if (place === null) return input.approver === null && actor.kind === 'apiKey' ? 'approver_needed' : 'not_approver'
  const { decision, comment } = input
  return { type: 'approval.decided', wait: wait.key, decision, comment, approver: place, by, at }
}

function speakerOf(actor: Actor): Speaker {
  const { id: user_id, email } = actor.kind === 'user' ? actor : { id: null, email: null }
  return { user_id, email, place: actor.kind === 'link' ? actor.approver : null }
}

/** What is kept of an answer to a step that has not asked yet. */
export function toEarly({ run_id: _run, ...input }: EarlySignal, actor: Actor, at: string): EarlyAnswer {
  return input.kind === 'form' ? { ...input, at } : { ...input, speaker: speakerOf(actor), at }
}

/** Why it was not kept; where somebody was first, who that was. */
export function earlyRefusal(refusal: Refusal, state: RunState, answer: EarlyAnswer): Refused {
  switch (refusal) {
    case 'unknown_step':
    case 'many_waits':
    case 'wait_open':
    case 'run_over':
      return { ok: false, reason: refusal, decided: null }
    default: {
      const first = keptInPlaceOf(state, answer)
      const outcome = first?.kind === 'approval' ? first.decision : 'submitted'
      return { ok: false, reason: 'decided', decided: first && { outcome, by: first.by.label, at: first.at } }
    }
  }
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
