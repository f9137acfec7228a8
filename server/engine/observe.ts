import type { HistoryEvent } from '#lib/workflow/events.ts'
import type { Logger } from '#server/log.ts'
import type { CommittedNews } from './postgres/parts.ts'

/** Writes what a commit added to a run's history as structured lines: the lifecycle events, and one line per AI call. */
export function logNews(log: Logger): (news: CommittedNews) => void {
  return ({ run_id, workflow_id, request_id, events }) => {
    const of = log.child({ run_id, workflow_id, request_id, correlation_id: request_id })
    for (const event of events) {
      const step = 'step' in event && typeof event.step === 'string' ? { step_id: event.step } : {}
      const level = event.type === 'step.failed' || event.type === 'run.failed' ? 'warn' : 'info'
      of[level]({ ...step, event: event.type, ...told(event) }, event.type)
      if ((event.type === 'step.completed' || event.type === 'step.failed') && event.report) {
        for (const call of event.report.ai_calls) {
          const {
            provider,
            model,
            template_id,
            template_version,
            tokens_prompt,
            tokens_output,
            latency_ms,
            retry_count,
            cost_usd,
          } = call
          const fields = {
            provider,
            model,
            template_id,
            template_version,
            tokens_prompt,
            tokens_output,
            latency_ms,
            retry_count,
            cost_usd,
          }
          of.info({ ...step, event: 'ai.response', ...fields }, 'ai.response')
        }
      }
    }
  }
}

/** What a line says beside its ids: never an output, a comment or an opening. */
function told(event: HistoryEvent): Record<string, unknown> {
  switch (event.type) {
    case 'run.failed':
      return { error_step: event.error.step, error_code: event.error.code, error_message: event.error.message }
    case 'run.waiting':
      return { current_step: event.current_step }
    case 'step.started':
      return { type: event.step_type, retry_count: event.attempt - 1 }
    case 'step.failed':
      return {
        type: event.step_type,
        retry_count: event.attempt - 1,
        error_code: event.error.code,
        error_message: event.error.message,
      }
    case 'step.completed':
      return { type: event.step_type }
    case 'wait.closed':
      return { outcome: event.outcome }
    default:
      return {}
  }
}
