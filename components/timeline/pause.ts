import type { ChildRun } from '#lib/contracts/run-lineage.ts'
import type { StepSummary } from '#lib/contracts/run-steps.ts'
import type { RunDetail, RunStandstill } from '#lib/contracts/runs.ts'
import { TERMINAL } from '#lib/workflow/state.ts'

/** Why nothing happens right now in a run that is under way: nobody has taken it up, a step rests or called a run, or it is to be tried again. */
export type Pause =
  | { readonly why: 'standstill'; readonly standstill: RunStandstill; readonly step?: undefined }
  | { readonly why: 'rest'; readonly step: StepSummary; readonly until: string }
  | { readonly why: 'retry'; readonly step: StepSummary; readonly at: string }
  | { readonly why: 'called'; readonly called: ChildRun; readonly step?: undefined }

/** null: something happens, or people are waited for. */
export function pauseOf(
  run: Pick<RunDetail, 'status' | 'waiting' | 'children'>,
  steps: readonly StepSummary[],
  standstill: RunStandstill | null,
): Pause | null {
  if (standstill) return { why: 'standstill', standstill }
  if (run.status === 'waiting' && run.waiting === null) return calledBy(run) ?? restOf(steps)
  const last = latestOf(steps)
  if (run.status !== 'running' || last?.status !== 'failed' || last.retry_at === null) return null
  return { why: 'retry', step: last, at: last.retry_at }
}

function calledBy({ children }: Pick<RunDetail, 'children'>): Pause | null {
  const called = children.find(({ status }) => !TERMINAL.has(status))
  return called ? { why: 'called', called } : null
}

/** Of branches that rest side by side, the one that goes on first. */
function restOf(steps: readonly StepSummary[]): Pause | null {
  let found: Extract<Pause, { why: 'rest' }> | null = null
  for (const step of steps) {
    const { until } = step
    if (until !== undefined && (found === null || until < found.until)) found = { why: 'rest', step, until }
  }
  return found
}

function latestOf(steps: readonly StepSummary[]): StepSummary | undefined {
  return steps.reduce<StepSummary | undefined>(
    (latest, step) => (latest && latest.started_at > step.started_at ? latest : step),
    undefined,
  )
}
