import type { StepStatus, StepSummary } from '#lib/contracts/run-steps.ts'
import type { RunDetail } from '#lib/contracts/runs.ts'
import { inOrder } from './merge-run.ts'

export interface TakenPath {
  /** The latest status of each step that was reached, and how often it was visited. */
  readonly marks: ReadonlyMap<string, { readonly status: StepStatus; readonly visits: number }>
  /** Ways that were taken: `from>to`, `from>` to the end. */
  readonly taken: ReadonlySet<string>
}

/** The way a run took through its graph, from its attempts. */
export function takenPath(run: Pick<RunDetail, 'steps' | 'status' | 'graph'>): TakenPath {
  const marks = new Map<string, { status: StepStatus; visits: number }>()
  const taken = new Set<string>()
  const visits = new Set<string>()
  let before: StepSummary | null = null
  for (const step of inOrder(run.steps)) {
    const visit = `${step.epoch} ${step.path} ${step.step_id} ${step.visit}`
    const first = !visits.has(visit)
    visits.add(visit)
    const mark = marks.get(step.step_id)
    marks.set(step.step_id, { status: step.status, visits: (mark?.visits ?? 0) + (first ? 1 : 0) })
    if (first && step.path === 'root') {
      if (before && isWay(run, before.step_id, step.step_id)) taken.add(`${before.step_id}>${step.step_id}`)
    }
    if (step.path === 'root') before = step
  }
  if (run.status === 'completed' && before) taken.add(`${before.step_id}>`)
  return { marks, taken }
}

/** A retry begins anywhere, which is no way of the graph. */
function isWay({ graph }: Pick<RunDetail, 'graph'>, from: string, to: string): boolean {
  return graph.edges.some((edge) => edge.from === from && edge.to === to)
}
