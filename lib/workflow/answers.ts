import type { JsonObject } from '../json.ts'
import { afterApproval, bind } from './bindings.ts'
import type { Step } from './definition.ts'
import type { ActivityRef, RunEvent, WaitOutcome } from './events.ts'
import { complete, enter, fail, failScope, plainError } from './flow.ts'
import { awaited, verdict } from './quorum.ts'
import type { ApprovalWaitState, DecidedBy, Decision, FormWaitState, RunError, WaitState } from './state.ts'
import type { Refusal } from './transition.ts'
import { dropWait, emit, patchScope, putWait, scopeAt, type Turn, wake } from './turn.ts'
import { ask, escalate } from './waits.ts'

/** A form was filled in: values were validated and completed with defaults before. */
export function submitForm(turn: Turn, event: Extract<RunEvent, { type: 'form.submitted' }>): Refusal | null {
  const wait = turn.state.waits[event.wait]
  if (wait?.kind !== 'form') return 'wait_closed'
  const { step, ref } = close(turn, wait, 'submitted', event.by)
  complete(turn, ref, step, event.values)
  enter(turn, wait.path, step.next)
  return null
}

/** One decision. The wait stays open while the quorum is pending; who came too late is refused. */
export function decideApproval(turn: Turn, event: Extract<RunEvent, { type: 'approval.decided' }>): Refusal | null {
  const wait = turn.state.waits[event.wait]
  if (wait?.kind !== 'approval') return 'wait_closed'
  const refusal = mayDecide(turn, wait, event)
  if (refusal) return refusal
  const { approver, comment, by, at } = event
  const decision: Decision = { approver, decision: event.decision, comment, by, at }
  const decided: ApprovalWaitState = { ...wait, decisions: [...wait.decisions, decision] }
  putWait(turn, decided)
  emit(turn, { type: 'wait.decided', wait: decided, decision })
  if (event.decision === 'revise') {
    revise(turn, decided, decision)
    return null
  }
  const outcome = verdict(decided)
  if (outcome === 'pending') {
    if (decided.policy === 'sequential') ask(turn, decided, 'approval_request', awaited(decided))
    return null
  }
  if (outcome === 'approved') approve(turn, decided, decision)
  else reject(turn, decided, decision)
  return null
}

/** A place changes hands. It gets a new id, so that the old link is recognised as reassigned. */
export function reassign(turn: Turn, event: Extract<RunEvent, { type: 'approval.reassigned' }>): Refusal | null {
  const wait = turn.state.waits[event.wait]
  if (wait?.kind !== 'approval') return 'wait_closed'
  const from = wait.approvers.find((a) => a.id === event.approver)
  if (!from) return 'not_approver'
  if (wait.decisions.some((d) => d.approver === from.id)) return 'decided'
  if (wait.approvers.some((a) => a.email === event.to.email)) return 'already_asked'
  const place = { id: nextPlace(wait), ...event.to }
  const changed = { ...wait, approvers: wait.approvers.map((a) => (a.id === from.id ? place : a)) }
  putWait(turn, changed)
  const why = event.comment ? { comment: event.comment } : {}
  emit(turn, { type: 'wait.reassigned', wait: changed, from: from.email, to: place.email, ...why, by: event.by })
  if (awaited(changed).some((a) => a.id === place.id)) ask(turn, changed, 'approval_request', [place])
  return null
}

function nextPlace(wait: ApprovalWaitState): string {
  return `a${Math.max(...wait.approvers.map((a) => Number(a.id.slice(1)))) + 1}`
}

function mayDecide(
  turn: Turn,
  wait: ApprovalWaitState,
  event: Extract<RunEvent, { type: 'approval.decided' }>,
): Refusal | null {
  const approver = wait.approvers.find((a) => a.id === event.approver)
  if (!approver) return 'not_approver'
  if (wait.decisions.some((d) => d.approver === event.approver)) return 'decided'
  if (!awaited(wait).some((a) => a.id === event.approver)) return 'not_your_turn'
  if (!wait.terms.choices.includes(event.decision)) return 'choice_not_offered'
  if (event.decision === 'revise' && revisionsLeft(turn, wait) <= 0) return 'choice_not_offered'
  // A key decides on behalf of somebody and answers for that itself; people do not approve what they asked for.
  if (!wait.terms.self_approval && event.by.via !== 'key' && isStarter(turn, approver)) return 'self_approval'
  return null
}

function isStarter(turn: Turn, approver: ApprovalWaitState['approvers'][number]): boolean {
  const { user_id, user_email } = turn.data.profile
  if (user_id !== null && approver.user_id === user_id) return true
  return user_email !== null && approver.email.toLowerCase() === user_email.toLowerCase()
}

/** How often the reviewers may still send it back: each revision is one more visit of the approval itself. */
export function revisionsLeft(turn: Pick<Turn, 'state'>, wait: ApprovalWaitState): number {
  const max = wait.terms.on_revise?.max ?? 0
  const visits = turn.state.scopes[wait.path]?.visits[wait.step] ?? 1
  return max - (visits - 1)
}

function approve(turn: Turn, wait: ApprovalWaitState, last: Decision): void {
  const { step, ref } = close(turn, wait, 'approved', last.by)
  complete(turn, ref, step, answer(last))
  approved(turn, wait, step)
}

/** Binds what was shown, and goes on. */
function approved(turn: Turn, wait: ApprovalWaitState, step: Step): void {
  bind(turn, wait.path, step.id, wait.bound)
  enter(turn, wait.path, afterApproval(turn, wait.path, step))
}

function reject(turn: Turn, wait: ApprovalWaitState, last: Decision): void {
  const { step, ref } = close(turn, wait, 'rejected', last.by)
  complete(turn, ref, step, answer(last))
  const reason = last.comment ? `: ${last.comment}` : '.'
  denied(turn, wait, {
    code: 'approval.rejected',
    message: `${last.by.label} rejected ${step.name ?? step.id}${reason}`,
    step: step.id,
  })
}

/** Where a rejection leads: to `on_reject`, else the run fails with the reason. */
function denied(turn: Turn, wait: ApprovalWaitState, reason: RunError): void {
  if (wait.terms.on_reject !== null) {
    enter(turn, wait.path, wait.terms.on_reject)
    return
  }
  failScope(turn, wait.path, reason)
}

function revise(turn: Turn, wait: ApprovalWaitState, decision: Decision): void {
  const { step, ref } = close(turn, wait, 'revised', decision.by)
  complete(turn, ref, step, answer(decision))
  const to = wait.terms.on_revise?.to ?? step.id
  patchScope(turn, wait.path, { feedback: { ...scopeAt(turn, wait.path).feedback, [to]: decision.comment } })
  enter(turn, wait.path, to)
}

function answer(last: Decision): JsonObject {
  return {
    approved: last.decision === 'approve',
    decision: last.decision,
    decided_by: last.by.label,
    decided_at: last.at,
    comment: last.comment,
  }
}

/** Nobody decided in time. Silence approves only where the author wrote so. */
export function expireApproval(turn: Turn, wait: ApprovalWaitState): void {
  const { on_timeout } = wait.terms
  if (on_timeout.do === 'escalate' && !wait.escalated && escalate(turn, wait) === null) return
  const { step, ref } = close(turn, wait, 'expired', NOBODY)
  const message = `Nobody decided ${step.name ?? step.id} in time.`
  switch (on_timeout.do) {
    case 'approve':
      complete(turn, ref, step, answer(silence(turn, 'approve', 'Approved because the time ran out.')))
      approved(turn, wait, step)
      return
    case 'jump':
      complete(turn, ref, step, answer(silence(turn, 'reject', message)))
      enter(turn, wait.path, on_timeout.to)
      return
    case 'fail':
      timedOut(turn, ref, step, plainError('approval.expired', message))
      return
    default:
      complete(turn, ref, step, answer(silence(turn, 'reject', message)))
      denied(turn, wait, { code: 'approval.expired', message, step: step.id })
  }
}

const NOBODY: DecidedBy = { via: 'timeout', id: 'timeout', label: 'Nobody (the time ran out)' }

function silence(turn: Turn, decision: Decision['decision'], comment: string): Decision {
  return { approver: '', decision, comment, by: NOBODY, at: turn.at }
}

/** Nobody filled in the form in time. */
export function expireForm(turn: Turn, wait: FormWaitState): void {
  const { step, ref } = close(turn, wait, 'expired', null)
  timedOut(turn, ref, step, plainError('step.timeout', `Nobody filled in ${step.name ?? step.id} in time.`))
}

function timedOut(turn: Turn, ref: ActivityRef, step: Step, error: ReturnType<typeof plainError>): void {
  const followed = fail(turn, ref, step, error)
  if (followed !== 'stay') enter(turn, ref.path, followed.next)
}

/** Closes a wait because it was answered or ran out: the run is under way again. */
function close(
  turn: Turn,
  wait: WaitState,
  outcome: WaitOutcome,
  by: DecidedBy | null,
): { step: Step; ref: ActivityRef } {
  const step = turn.program.step(wait.step)
  if (!step) throw new Error(`the definition lost step ${wait.step}`)
  wake(turn)
  dropWait(turn, wait.key)
  emit(turn, { type: 'wait.closed', wait: wait.key, outcome, by })
  return { step, ref: { path: wait.path, step: wait.step, visit: wait.visit, attempt: 1, epoch: turn.state.epoch } }
}
