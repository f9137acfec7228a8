import type { RunEventEntry } from '#lib/contracts/run-events.ts'
import { list, OUTCOMES } from './run-words.ts'

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
    'answer.kept': 'Answered before it was asked',
    'answer.refused': 'Early answer not taken',
    'answer.forgotten': 'Early answer never asked for',
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
