import { span } from '#components/ui/time-format.ts'
import type { StepSummary } from '#lib/contracts/run-steps.ts'
import type { Quorum, RunWait } from '#lib/contracts/run-waits.ts'
import { placeWords } from './nested.ts'

/** Whom a wait is for: the people still asked, or whoever has the link. */
export function awaited(wait: RunWait): string {
  if (wait.approval) {
    const people = wait.approval.approvers.filter((approver) => approver.awaited).map((approver) => approver.email)
    return people.length === 0 ? 'an approver' : list(people, policyWord(wait.approval.quorum))
  }
  return wait.form?.assignee ?? 'somebody to fill in the form'
}

/** "Waiting for manager@company.com since 2 h". */
export function waitSentence(wait: RunWait, now: number): string {
  const since = now - Date.parse(wait.opened_at)
  return `Waiting for ${awaited(wait)}${since < 60_000 ? '' : ` since ${span(since)}`}`
}

function policyWord(quorum: Quorum): 'or' | 'and' {
  return quorum.policy === 'any' || typeof quorum.policy === 'object' ? 'or' : 'and'
}

export function list(words: readonly string[], joint: 'or' | 'and'): string {
  if (words.length < 2) return words[0] ?? ''
  if (words.length > 4) return `${words.slice(0, 3).join(', ')} ${joint} ${words.length - 3} others`
  return `${words.slice(0, -1).join(', ')} ${joint} ${words.at(-1)}`
}

/** "1 of 2 approvals" where more than one is needed. */
export function quorumSentence(quorum: Quorum): string | null {
  if (quorum.needed <= 1) return null
  return `${quorum.approved} of ${quorum.needed} approvals given`
}

export function money(usd: number): string {
  if (usd === 0) return '$0'
  return usd < 0.01 ? `$${usd.toFixed(4)}` : `$${usd.toFixed(2)}`
}

/** What tells an attempt from others of its step: "visit 2 · attempt 3"; null for the first of all. */
export function attemptTag(step: Pick<StepSummary, 'epoch' | 'visit' | 'attempt' | 'path'>): string | null {
  const parts = [
    placeWords(step.path),
    step.visit > 1 ? `visit ${step.visit}` : null,
    step.attempt > 1 ? `attempt ${step.attempt}` : null,
    step.epoch > 0 ? (step.epoch === 1 ? 'after a retry' : `after retry ${step.epoch}`) : null,
  ].filter((part) => part !== null)
  return parts.length === 0 ? null : parts.join(' · ')
}

/** What each decision leads to, in a word. */
export const OUTCOMES = { approve: 'approved', reject: 'rejected', revise: 'sent back' } as const

/** What came of it, in a word or two, where its status does not say it. */
export function outcomeWord(step: Pick<StepSummary, 'decisions' | 'ai' | 'error' | 'retry_at'>): string | null {
  const last = step.decisions.at(-1)
  if (last) {
    const more = step.decisions.length - 1
    return `${OUTCOMES[last.decision]} by ${last.approver}${more === 0 ? '' : ` and ${more} more`}`
  }
  if (step.error && step.retry_at !== null) return 'tried again'
  if (step.ai && step.ai.calls > 1) return `asked ${step.ai.calls} times`
  return null
}
