import type { RunDetail } from '#lib/contracts/runs.ts'

/** Later than any run: a step that no worker took up has not begun. */
const NOT_BEGUN = '9999-12-31T23:59:59.999Z'

/** Whether somebody but a person should be at work on it. */
export function underWay({ status }: Pick<RunDetail, 'status'>): boolean {
  return status === 'queued' || status === 'running'
}

/** A run as it stands while no worker takes it up: queued, and its open steps with it. */
export function asQueued(run: RunDetail): RunDetail {
  return {
    ...run,
    status: 'queued',
    steps: run.steps.map((step) => (step.status === 'running' ? { ...step, began_at: NOT_BEGUN } : step)),
  }
}
