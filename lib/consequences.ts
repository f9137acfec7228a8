import { approvalsNeeded } from './workflow/quorum.ts'
import type { ApprovalWaitState, DecisionKind } from './workflow/state.ts'

/** What each choice leads to, in a sentence: pages and mails say it before anybody chooses. */
export function consequencesOf(wait: ApprovalWaitState): Partial<Record<DecisionKind, string>> {
  const { on_reject, on_revise } = wait.terms
  const count = (kind: DecisionKind): number => wait.decisions.filter((d) => d.decision === kind).length
  const missing = approvalsNeeded(wait) - count('approve')
  const tolerated = wait.policy === 'any' ? 0 : wait.approvers.length - approvalsNeeded(wait) - count('reject')
  const words: Record<DecisionKind, string | null> = {
    approve:
      missing <= 1 ? 'The workflow goes on.' : `Counts as one of the ${missing} approvals that are still needed.`,
    reject:
      tolerated > 0
        ? 'Counts against it; the others are still asked.'
        : on_reject === null
          ? 'The workflow stops, with your comment as the reason.'
          : `The workflow goes on with its step ${on_reject}.`,
    revise: on_revise === null ? null : `Your comment goes back to the step ${on_revise.to}, and you are asked again.`,
  }
  return Object.fromEntries(wait.terms.choices.flatMap((kind) => (words[kind] === null ? [] : [[kind, words[kind]]])))
}

/** What happens when nobody decides; null where nothing ever does. */
export function silenceOf(wait: ApprovalWaitState): string | null {
  if (wait.expires_at === null) return null
  const { on_timeout } = wait.terms
  switch (on_timeout.do) {
    case 'approve':
      return 'If nobody decides by then, it counts as approved.'
    case 'reject':
      return 'If nobody decides by then, it counts as rejected.'
    case 'fail':
      return 'If nobody decides by then, the workflow stops.'
    case 'escalate':
      return wait.escalated
        ? 'If nobody decides by then, it counts as rejected.'
        : 'If nobody decides by then, others are asked.'
    case 'jump':
      return `If nobody decides by then, the workflow goes on with its step ${on_timeout.to}.`
  }
}
