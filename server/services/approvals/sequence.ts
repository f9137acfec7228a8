import type { ResumeApproval } from '#lib/contracts/run-acts.ts'
import { ScaffError } from '#lib/errors.ts'
import { verdict } from '#lib/workflow/quorum.ts'
import type { ApprovalWaitState } from '#lib/workflow/state.ts'

/**
 * Several decisions in one request are judged before the first is recorded, so that a request is not half taken: each
 * names an approver of its own who has not decided, and none comes after the quorum is reached.
 */
export function checkSequence(wait: ApprovalWaitState, entries: readonly ResumeApproval[]): void {
  if (entries.length === 1) return
  let expected = wait
  entries.forEach(({ approver, approved, comment }, i) => {
    const place = wait.approvers.find((a) => a.id === approver || a.email.toLowerCase() === approver?.toLowerCase())
    if (!place) throw wrong(i, 'Name in `approver` one of the people who are asked.')
    if (expected.decisions.some((d) => d.approver === place.id)) throw wrong(i, `${place.email} has decided already.`)
    if (verdict(expected) !== 'pending')
      throw wrong(i, 'The decisions before this one settle the approval. Leave it out.')
    const by = { via: 'key', id: '', label: '' } as const
    const decision = { approver: place.id, decision: approved ? 'approve' : 'reject', comment, by, at: '' } as const
    expected = { ...expected, decisions: [...expected.decisions, decision] }
  })
}

function wrong(i: number, message: string): ScaffError {
  return new ScaffError('request.invalid', message, { errors: [{ path: `approvals[${i}]`, code: 'invalid', message }] })
}
