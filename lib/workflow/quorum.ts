import type { ApprovalWaitState, Approver } from './state.ts'

export type Verdict = 'pending' | 'approved' | 'rejected'

/**
 * What the decisions so far amount to.
 * `any`: the first one decides. `all` and `sequential`: every approver approves, the first rejection rejects.
 * `at_least: n`: n approvals approve; it is rejected as soon as n can no longer be reached.
 */
export function verdict(wait: ApprovalWaitState): Verdict {
  const approvals = wait.decisions.filter((d) => d.decision === 'approve').length
  const rejections = wait.decisions.filter((d) => d.decision === 'reject').length
  const needed = approvalsNeeded(wait)
  if (approvals >= needed) return 'approved'
  const tolerated = wait.policy === 'any' ? 0 : wait.approvers.length - needed
  return rejections > tolerated ? 'rejected' : 'pending'
}

/** How many approvals it takes. */
export function approvalsNeeded(wait: Pick<ApprovalWaitState, 'policy' | 'approvers'>): number {
  if (wait.policy === 'any') return 1
  if (typeof wait.policy === 'object') return wait.policy.at_least
  return wait.approvers.length
}

/** Whose decision is awaited now: for `sequential` the next in order, else everyone who has not decided. */
export function awaited(wait: ApprovalWaitState): readonly Approver[] {
  const open = wait.approvers.filter((a) => !wait.decisions.some((d) => d.approver === a.id))
  return wait.policy === 'sequential' ? open.slice(0, 1) : open
}
