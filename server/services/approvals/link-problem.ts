import type { ApprovalLink } from '#lib/contracts/approvals.ts'
import type { DecisionKind } from '#lib/workflow/state.ts'

/** Why a choice cannot be made by this link; null when it can. */
export function linkProblem(
  view: Extract<ApprovalLink, { state: 'open' }>,
  choice: DecisionKind,
  comment: string,
): string | null {
  if (view.confirm === 'login') return 'This is decided by signing in. Open it in your inbox.'
  if (view.choices.length === 0)
    return 'You started this run, and its author does not let people approve what they asked for.'
  if (!view.choices.includes(choice)) return 'This choice is not offered. Choose one of those shown.'
  if (choice === 'revise' && comment.trim() === '')
    return 'Say what should be changed: your comment goes back into the step.'
  return null
}
