import { digest } from '../integrity/digest.ts'
import { type Instant, plus } from '../time.ts'
import { bindingOf } from './bindings.ts'
import type { ApprovalOpening, FormOpening, WaitOpening } from './catalog.ts'
import type { MessageRequest } from './commands.ts'
import type { Step } from './definition.ts'
import type { ActivityRef, StepError } from './events.ts'
import { keptFor } from './kept-answers.ts'
import { approvalsNeeded, awaited } from './quorum.ts'
import type { ApprovalWaitState, Approver, FormWaitState, WaitState } from './state.ts'
import { arm, command, disarm, emit, putWait, setCursor, type Turn, waitKey } from './turn.ts'

/** Opens what the room rendered. Answers an error when nobody could ever answer it. */
export function openWait(turn: Turn, ref: ActivityRef, step: Step, opening: WaitOpening): StepError | null {
  return opening.kind === 'form' ? openForm(turn, ref, opening) : openApproval(turn, ref, step, opening)
}

function openForm(turn: Turn, ref: ActivityRef, opening: FormOpening): null {
  const key = waitKey(ref)
  const { path, step, visit } = ref
  const wait: FormWaitState = {
    kind: 'form',
    key,
    path,
    step,
    visit,
    opened_at: turn.at,
    generation: 1,
    expires_at: expiry(turn, opening.timeout_ms),
  }
  begin(turn, wait, opening)
  return null
}

/** From now on it can be answered. Where an answer came before, nobody is asked before that one was looked at. */
function begin(turn: Turn, wait: WaitState, opening: WaitOpening): void {
  const { key, path, step, visit } = wait
  putWait(turn, wait)
  emit(turn, { type: 'wait.opened', wait, opening })
  setCursor(turn, path, { at: 'waiting', step, visit, wait: key })
  if (keptFor(turn.state, step).length > 0) turn.answered.push({ wait: key, opening })
  else announce(turn, wait, opening)
}

/** Writes to those whose answer is awaited, and arms what becomes of it without one. */
export function announce(turn: Turn, wait: WaitState, opening: WaitOpening): void {
  armExpiry(turn, wait)
  if (wait.kind === 'approval') {
    armReminder(turn, wait)
    ask(turn, wait, 'approval_request', awaited(wait))
    return
  }
  const { key, generation, expires_at: due } = wait
  const assignee = opening.kind === 'form' ? opening.assignee : null
  for (const { email } of assignee ? turn.data.directory.resolve([assignee]) : []) {
    command(turn, {
      do: 'send',
      message: { kind: 'form_request', wait: key, approver: null, to: email, generation, due },
    })
  }
}

function openApproval(turn: Turn, ref: ActivityRef, step: Step, opening: ApprovalOpening): StepError | null {
  const approvers = resolve(turn, opening.approvers)
  if (approvers.length === 0) {
    return refused(
      'approval.no_approvers',
      `Nobody can approve ${step.id}: no address or person stands behind its approvers.`,
    )
  }
  const needed = approvalsNeeded({ policy: opening.policy, approvers })
  if (needed > approvers.length) {
    return refused(
      'approval.quorum_impossible',
      `${step.id} needs ${needed} approvals but has ${approvers.length} approvers.`,
    )
  }
  const { path, visit } = ref
  const key = waitKey(ref)
  const wait: ApprovalWaitState = {
    kind: 'approval',
    key,
    path,
    step: ref.step,
    visit,
    opened_at: turn.at,
    generation: 1,
    expires_at: expiry(turn, opening.timeout_ms),
    policy: opening.policy,
    approvers,
    decisions: [],
    digest: digest({ title: opening.title, message: opening.message, show: opening.show }),
    bound: bindingOf(opening.show, turn.at),
    reminders_sent: 0,
    escalated: false,
    terms: termsOf(opening),
  }
  begin(turn, wait, opening)
  return null
}

/** What holds for an approval as long as it is open, out of what it opened with. */
export function termsOf(opening: ApprovalOpening): ApprovalWaitState['terms'] {
  const { reminder_ms, timeout_ms, on_timeout, escalate_to, on_reject, on_revise, choices, self_approval } = opening
  return { reminder_ms, timeout_ms, on_timeout, escalate_to, on_reject, on_revise, choices, self_approval }
}

/** Resolves names to people, each address once, and gives ids by position. */
function resolve(turn: Turn, refs: ApprovalOpening['approvers']): readonly Approver[] {
  const byEmail = new Map(turn.data.directory.resolve(refs).map((person) => [person.email.toLowerCase(), person]))
  return [...byEmail.values()].map((person, i) => ({ id: `a${i + 1}`, ...person }))
}

function armExpiry(turn: Turn, { key, path, generation, expires_at }: WaitState): void {
  if (expires_at) arm(turn, `expiry:${key}:${generation}`, { kind: 'expiry', due: expires_at, wait: key, path })
}

/** The next reminder, unless the approval ends before it. */
function armReminder(turn: Turn, wait: ApprovalWaitState): void {
  if (wait.terms.reminder_ms === null) return
  const due = plus(turn.at, wait.terms.reminder_ms)
  if (wait.expires_at && due >= wait.expires_at) return
  arm(turn, `reminder:${wait.key}:${wait.generation}:${wait.reminders_sent + 1}`, {
    kind: 'reminder',
    due,
    wait: wait.key,
    path: wait.path,
  })
}

/** One message for each of them, and none twice in a turn. */
export function ask(
  turn: Turn,
  wait: ApprovalWaitState,
  kind: MessageRequest['kind'],
  approvers: readonly Approver[],
): void {
  for (const { id, email } of approvers) {
    if (turn.commands.some((c) => c.do === 'send' && c.message.wait === wait.key && c.message.approver === id)) continue
    command(turn, {
      do: 'send',
      message: { kind, wait: wait.key, approver: id, to: email, generation: wait.generation, due: wait.expires_at },
    })
  }
}

/** Writes to everyone who is still awaited, and arms the next reminder. */
export function remind(turn: Turn, wait: ApprovalWaitState): void {
  const reminded = { ...wait, reminders_sent: wait.reminders_sent + 1 }
  putWait(turn, reminded)
  emit(turn, { type: 'wait.reminded', wait: wait.key, count: reminded.reminders_sent })
  ask(turn, reminded, 'approval_reminder', awaited(reminded))
  armReminder(turn, reminded)
}

/** Hands the question to other people: a new generation, so that links of the first ones stop working. */
export function escalate(turn: Turn, wait: ApprovalWaitState): StepError | null {
  const approvers = resolve(turn, wait.terms.escalate_to)
  if (approvers.length === 0) {
    return refused(
      'approval.no_approvers',
      `Nobody decided ${wait.step} in time, and nobody stands behind escalate_to.`,
    )
  }
  for (const [key, timer] of Object.entries(turn.state.timers)) if (timer.wait === wait.key) disarm(turn, key)
  const escalated: ApprovalWaitState = {
    ...wait,
    approvers,
    decisions: [],
    generation: wait.generation + 1,
    expires_at: expiry(turn, wait.terms.timeout_ms),
    reminders_sent: 0,
    escalated: true,
    // A quorum that the new people cannot reach falls back to all of them.
    policy: typeof wait.policy === 'object' && wait.policy.at_least > approvers.length ? 'all' : wait.policy,
  }
  putWait(turn, escalated)
  emit(turn, { type: 'wait.escalated', wait: escalated })
  armExpiry(turn, escalated)
  armReminder(turn, escalated)
  ask(turn, escalated, 'approval_escalation', awaited(escalated))
  return null
}

function expiry(turn: Turn, timeout: number | null): Instant | null {
  return timeout === null ? null : plus(turn.at, timeout)
}

function refused(code: string, message: string): StepError {
  return { code, message, retryable: false, retry_after_ms: null }
}
