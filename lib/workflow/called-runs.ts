import type { Json } from '../json.ts'
import type { ActivityRef, RunEvent, StepError } from './events.ts'
import type { RunError, RunStatus } from './state.ts'

/** Why the runs that a step called are canceled with it. Shared by all hosts. */
export const CALLER_ENDED = 'The run that called it has ended or gone on without it.'

/** So deep runs may call one another: a workflow that calls itself ends somewhere. */
export const MAX_DEPTH = 20

/** Why a step at that depth starts no run any more. */
export function tooDeep(): StepError {
  return {
    code: 'workflow.too_deep',
    message: `Runs call one another ${MAX_DEPTH} deep at most. Does the workflow call itself without an end?`,
    retryable: false,
    retry_after_ms: null,
  }
}

/** How a run ended, as the step that called it hears of it. */
export interface Ended {
  readonly run_id: string
  readonly status: RunStatus
  readonly outputs: Json
  readonly error: RunError | null
}

/** The end of the step that called the run: its declared outputs, or its failure. */
export function returnEvent({ run_id, status, outputs, error }: Ended, activity: ActivityRef, at: string): RunEvent {
  const result = { input: { run_id }, ai_calls: [] }
  if (status === 'completed')
    return { type: 'step.succeeded', activity, result: { ...result, output: outputs ?? {} }, at }
  const canceled = status === 'canceled'
  return {
    type: 'step.failed',
    activity,
    error: {
      code: canceled ? 'workflow.canceled' : 'workflow.failed',
      message: canceled ? 'The run it called was canceled.' : `The run it called failed: ${error?.message ?? status}`,
      retryable: !canceled,
      retry_after_ms: null,
    },
    result,
    at,
  }
}
