import { allSteps, type Step } from './workflow/definition.ts'
import { nameInFork, ROOT } from './workflow/paths.ts'
import { approvalsNeeded } from './workflow/quorum.ts'
import type { ApprovalWaitState, DecisionKind } from './workflow/state.ts'

/** What a choice leads to, in a sentence: mails and pages say it before anybody confirms. `steps` are those of the run's version. */
export function consequenceOf(choice: DecisionKind, wait: ApprovalWaitState, steps: readonly Step[]): string {
  if (choice === 'revise') {
    return `It goes back to ${nameOf(wait.terms.on_revise?.to ?? wait.step, steps)} with your comment, and is put to you again.`
  }
  return choice === 'reject' ? rejection(wait, steps) : approval(wait, steps)
}

/** What each of the choices leads to. */
export function consequencesOf(
  choices: readonly DecisionKind[],
  wait: ApprovalWaitState,
  steps: readonly Step[],
): Partial<Record<DecisionKind, string>> {
  return Object.fromEntries(choices.map((choice) => [choice, consequenceOf(choice, wait, steps)]))
}

function rejection(wait: ApprovalWaitState, steps: readonly Step[]): string {
  const to = wait.terms.on_reject
  const then =
    to === null
      ? `${subject(wait)} ends as failed, with your comment as the reason.`
      : `${subject(wait)} goes on with ${nameOf(to, steps)}.`
  const others = wait.approvers.length > 1 && typeof wait.policy === 'object'
  return others ? `Once it can no longer be approved: ${then}` : then
}

function approval(wait: ApprovalWaitState, steps: readonly Step[]): string {
  const missing = approvalsNeeded(wait) - wait.decisions.filter((d) => d.decision === 'approve').length
  const next = allSteps(steps).find((step) => step.id === wait.step)?.next ?? null
  const end = wait.path === ROOT ? 'ends as completed' : 'is done'
  const then = next === null ? end : `goes on with ${nameOf(next, steps)}`
  return missing > 1 ? `After ${missing - 1} more, ${lower(subject(wait))} ${then}.` : `${subject(wait)} ${then}.`
}

/** What goes on or ends: inside another step that is only one branch or item. */
function subject({ path }: ApprovalWaitState): string {
  if (path === ROOT) return 'The run'
  return /^\d+$/.test(nameInFork(path) ?? '') ? 'This item' : 'This branch'
}

function lower(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`
}

function nameOf(id: string, steps: readonly Step[]): string {
  return `“${allSteps(steps).find((step) => step.id === id)?.name ?? id}”`
}

/** What happens when nobody decides in time; null where the time never ends. */
export function silenceOf(wait: ApprovalWaitState, steps: readonly Step[]): string | null {
  if (wait.expires_at === null) return null
  const { on_timeout } = wait.terms
  switch (on_timeout.do) {
    case 'approve':
      return 'If nobody decides by then, it counts as approved.'
    case 'fail':
      return `If nobody decides by then, ${lower(subject(wait))} ends as failed.`
    case 'jump':
      return `If nobody decides by then, ${lower(subject(wait))} goes on with ${nameOf(on_timeout.to, steps)}.`
    case 'escalate':
      if (!wait.escalated) return 'If nobody decides by then, others are asked.'
  }
  return 'If nobody decides by then, it counts as rejected.'
}
