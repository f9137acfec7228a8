import { span } from '#components/ui/time-format.ts'
import type { RunEventEntry } from '#lib/contracts/run-events.ts'
import type { HistoryStep, StepSummary } from '#lib/contracts/run-steps.ts'
import type { DecisionEntry, Quorum, RunWait } from '#lib/contracts/run-waits.ts'
import type { RunDetail } from '#lib/contracts/runs.ts'

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

const VIA = {
  app: 'in Scaff',
  link: 'by the mailed link',
  key: 'with an API key',
  timeout: 'by the time limit',
} as const

const DECIDED = { approve: 'Approved', reject: 'Rejected', revise: 'Sent back' } as const

/** "Approved by ana@example.com by the mailed link". A key never decides as a person: it says for whom. */
export function decisionSentence(entry: DecisionEntry): string {
  const verb = DECIDED[entry.decision]
  if (entry.by.via === 'timeout') return `${verb} ${VIA.timeout}`
  if (entry.by.via === 'key') return `${verb} with the API key “${entry.by.label}” on behalf of ${entry.approver}`
  const place = entry.by.label === entry.approver ? '' : ` for ${entry.approver}`
  return `${verb} by ${entry.by.label}${place}, ${VIA[entry.by.via]}`
}

export interface Advice {
  readonly sentence: string
  readonly href?: string
  readonly label?: string
  /** The way on is a retry. */
  readonly retry?: true
}

/** What to do about a failed run, by the code of its error. */
export function nextAction(run: Pick<RunDetail, 'workflow_id'>, code: string): Advice {
  if (code === 'ai.schema_validation_failed') {
    return {
      sentence: 'Look at the violations of the last answer, then loosen the schema or sharpen the prompt.',
      href: `/workflows/${run.workflow_id}/edit`,
      label: 'Edit the workflow',
    }
  }
  if (code.startsWith('ai.'))
    return { sentence: 'The AI provider did not answer as expected. Retry when it is well.', retry: true }
  if (code === 'approval.rejected') {
    return {
      sentence: 'The reason stands with the decision below. Start a new run, or retry to ask again.',
      retry: true,
    }
  }
  if (code === 'approval.expired') return { sentence: 'Nobody decided in time. Retry to ask again.', retry: true }
  if (code === 'step.timeout') return { sentence: 'Retry, or give the step a longer timeout.', retry: true }
  if (code.startsWith('egress.') || code.startsWith('http.') || code.startsWith('api_call.')) {
    return { sentence: 'Check the address and what the other side answered, then retry from this step.', retry: true }
  }
  if (code.startsWith('secret.') || code.startsWith('static.')) {
    return { sentence: 'Set what is missing, then retry.', href: '/settings/constants', label: 'Open the settings' }
  }
  if (code.startsWith('expression.') || code.startsWith('template.')) {
    return {
      sentence: 'Cure the expression; a new version counts for new runs.',
      href: `/workflows/${run.workflow_id}/edit`,
      label: 'Edit the workflow',
    }
  }
  return { sentence: 'Look at the step below, then retry from there.', retry: true }
}

const SOURCES = {
  person: 'Entered by a person',
  ai: 'Written by AI',
  call: 'Answered by another system',
  decision: 'Decided by people',
  pure: 'Computed by the workflow',
} as const

export function sourceLabel(source: HistoryStep['source']): string | null {
  return source === null ? null : SOURCES[source]
}

/** What tells an attempt from others of its step: "visit 2 · attempt 3"; null for the first of all. */
export function attemptTag(step: Pick<StepSummary, 'epoch' | 'visit' | 'attempt' | 'path'>): string | null {
  const parts = [
    step.path === 'root' ? null : step.path,
    step.visit > 1 ? `visit ${step.visit}` : null,
    step.attempt > 1 ? `attempt ${step.attempt}` : null,
    step.epoch > 0 ? (step.epoch === 1 ? 'after a retry' : `after retry ${step.epoch}`) : null,
  ].filter((part) => part !== null)
  return parts.length === 0 ? null : parts.join(' · ')
}

const OUTCOMES = { approve: 'approved', reject: 'rejected', revise: 'sent back' } as const

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

/** What an event tells, in words. */
export function eventWords(event: RunEventEntry): string {
  const known: Readonly<Record<string, string>> = {
    'run.created': 'Run created',
    'run.started': 'Run started',
    'run.waiting': 'Waiting for people',
    'run.resumed': 'Run went on',
    'run.completed': 'Run completed',
    'run.failed': 'Run failed',
    'run.canceled': 'Run canceled',
    'run.reopened': 'Run retried',
    'step.started': 'Step started',
    'step.completed': 'Step completed',
    'step.failed': 'Step failed',
    'step.skipped': 'Step skipped',
    'step.canceled': 'Step canceled',
    'step.forked': 'Branches opened',
    'step.sleeping': 'Pause began',
    'step.unknown': 'Answer lost',
    'step.resolved': 'Outcome told',
    'wait.opened': 'People were asked',
    'wait.decided': 'Decision made',
    'wait.reminded': 'Reminder sent',
    'wait.escalated': 'Escalated',
    'wait.reassigned': 'Reassigned',
    'wait.closed': 'Wait ended',
  }
  return (Object.hasOwn(known, event.type) ? known[event.type] : undefined) ?? event.type
}

/** What an event says beyond its name: a reason, an error, who was asked. */
export function eventDetail({ type, data }: RunEventEntry): string | null {
  const word = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null)
  const error = data.error
  if (typeof error === 'object' && error !== null && 'message' in error) return word(error.message)
  if (type === 'run.failed') return word(data.error_message)
  if (type === 'wait.opened' && Array.isArray(data.asked) && data.asked.length > 0)
    return list(data.asked.map(String), 'and')
  if (type === 'wait.decided') {
    const verb =
      data.decision === 'approve' || data.decision === 'reject' || data.decision === 'revise'
        ? OUTCOMES[data.decision]
        : null
    const by = data.by
    const who = typeof by === 'object' && by !== null && 'label' in by ? word(by.label) : null
    return verb && who ? `${verb} by ${who}` : verb
  }
  if (type === 'wait.closed') return word(data.outcome)
  if (type === 'wait.reassigned') return data.from && data.to ? `${data.from} to ${data.to}` : null
  return (
    word(data.reason) ??
    (type === 'step.started' && typeof data.attempt === 'number' && data.attempt > 1 ? `attempt ${data.attempt}` : null)
  )
}
