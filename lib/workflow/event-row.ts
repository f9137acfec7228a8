import type { JsonObject } from '../json.ts'
import type { ActivityRef, HistoryEvent } from './events.ts'
import type { EventRow } from './rows.ts'
import type { WaitState } from './state.ts'

/** The row of an event: what it says in itself. Outputs and openings stand in the rows of their step and wait. */
export function eventRow(event: HistoryEvent): EventRow {
  const { seq, epoch, type, at } = event
  const row = (data: JsonObject, step_id: string | null = null, path: string | null = null): EventRow => ({
    seq,
    epoch,
    type,
    at,
    step_id,
    path,
    data,
  })
  switch (event.type) {
    case 'run.created':
    case 'run.started':
    case 'run.resumed':
      return row({})
    case 'run.completed':
      return row({ outputs: event.outputs })
    case 'run.waiting':
      return row({ current_step: event.current_step }, event.current_step)
    case 'run.failed':
      return row(
        { error_step: event.error.step, error_code: event.error.code, error_message: event.error.message },
        event.error.step,
      )
    case 'run.canceled':
      return row({ reason: event.reason })
    case 'run.reopened':
      return row({ from_step: event.from }, event.from)
    case 'step.started':
    case 'step.canceled':
      return row({ type: event.step_type, ...attempt(event) }, event.step, event.path)
    case 'step.completed':
      return row({ type: event.step_type, source: event.source, ...attempt(event) }, event.step, event.path)
    case 'step.forked':
      return row(
        { type: event.step_type, scope: event.scope, total: event.total, ...attempt(event) },
        event.step,
        event.path,
      )
    case 'step.sleeping':
      return row({ type: event.step_type, until: event.until, ...attempt(event) }, event.step, event.path)
    case 'step.unknown':
      return row({ type: event.step_type, evidence: event.evidence, ...attempt(event) }, event.step, event.path)
    case 'step.resolved':
      return row(
        { type: event.step_type, resolution: event.resolution, by: { ...event.by }, ...attempt(event) },
        event.step,
        event.path,
      )
    case 'step.skipped':
      return row({ type: event.step_type, reason: event.reason, ...attempt(event) }, event.step, event.path)
    case 'step.failed':
      return row(
        {
          type: event.step_type,
          error: { code: event.error.code, message: event.error.message },
          retry_at: event.retry_at,
          retry_count: event.attempt - 1,
          ...attempt(event),
        },
        event.step,
        event.path,
      )
    case 'wait.opened':
      return row(
        {
          wait: event.wait.key,
          kind: event.wait.kind,
          title: event.opening.title,
          asked: asked(event.wait),
          expires_at: event.wait.expires_at,
        },
        event.wait.step,
        event.wait.path,
      )
    case 'wait.decided':
      return row(
        {
          wait: event.wait.key,
          decision: event.decision.decision,
          comment: event.decision.comment,
          by: { ...event.decision.by },
        },
        event.wait.step,
        event.wait.path,
      )
    case 'wait.escalated':
      return row(
        { wait: event.wait.key, asked: asked(event.wait), expires_at: event.wait.expires_at },
        event.wait.step,
        event.wait.path,
      )
    case 'wait.reassigned':
      return row(
        {
          wait: event.wait.key,
          from: event.from,
          to: event.to,
          ...(event.comment === undefined ? {} : { comment: event.comment }),
          by: { ...event.by },
        },
        event.wait.step,
        event.wait.path,
      )
    case 'wait.reminded':
      return row({ wait: event.wait, count: event.count })
    case 'answer.kept':
      return row({ kind: event.kind, by: { ...event.by } }, event.step)
    case 'answer.refused':
      return row({ reason: event.reason, by: { ...event.by } }, event.step, event.path)
    case 'answer.forgotten':
      return row({ by: { ...event.by } }, event.step)
    case 'wait.closed':
      return row({ wait: event.wait, outcome: event.outcome, by: event.by ? { ...event.by } : null })
  }
}

function attempt(ref: ActivityRef): JsonObject {
  return { visit: ref.visit, attempt: ref.attempt }
}

function asked(wait: WaitState): readonly string[] {
  return wait.kind === 'approval' ? wait.approvers.map((a) => a.email) : []
}
