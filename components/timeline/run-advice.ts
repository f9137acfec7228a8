import type { RunDetail } from '#lib/contracts/runs.ts'

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
