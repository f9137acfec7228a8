import type { DecisionEntry, Quorum, WaitApproval } from './contracts/run-waits.ts'
import type { ApprovalOpening } from './workflow/catalog.ts'
import { approvalsNeeded, awaited } from './workflow/quorum.ts'
import type { ApprovalWaitState, Decision, DecisionKind } from './workflow/state.ts'

/** How far a quorum is. */
export function toQuorum(wait: ApprovalWaitState): Quorum {
  const count = (kind: Decision['decision']) => wait.decisions.filter((d) => d.decision === kind).length
  return {
    policy: wait.policy,
    needed: approvalsNeeded(wait),
    approved: count('approve'),
    rejected: count('reject'),
    total: wait.approvers.length,
  }
}

/** Everyone who is asked, what they said, and whose turn it is. Nobody's once the wait is closed. */
export function toApprovers(wait: ApprovalWaitState, open: boolean): WaitApproval['approvers'] {
  const now = new Set(open ? awaited(wait).map((a) => a.id) : [])
  return wait.approvers.map(({ id, email }) => ({
    email,
    decided: wait.decisions.find((d) => d.approver === id)?.decision ?? null,
    awaited: now.has(id),
  }))
}

export function toDecisions(wait: ApprovalWaitState): DecisionEntry[] {
  return wait.decisions.map(({ approver, decision, comment, by, at }) => ({
    approver: wait.approvers.find((a) => a.id === approver)?.email ?? by.label,
    decision,
    comment,
    by,
    at,
  }))
}

export function toWaitApproval(wait: ApprovalWaitState, opening: ApprovalOpening): WaitApproval {
  return {
    title: opening.title,
    message: opening.message,
    show: opening.show,
    approvers: toApprovers(wait, true),
    quorum: toQuorum(wait),
    priority: opening.priority,
    choices: opening.choices,
    decisions: toDecisions(wait),
  }
}

/** The choices of the step, without a revision once those are used up: each was one more visit of the step. */
export function offeredChoices(wait: ApprovalWaitState): readonly DecisionKind[] {
  const revisionsLeft = (wait.terms.on_revise?.max ?? 0) - (wait.visit - 1)
  return wait.terms.choices.filter((choice) => choice !== 'revise' || revisionsLeft > 0)
}
