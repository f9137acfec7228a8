import type { RunDetail } from '#lib/contracts/runs.ts'
import type { Json, JsonObject } from '#lib/json.ts'
import { inOrder } from './merge-run.ts'

export interface RetryPlan {
  /** Steps whose outcome stays, in the author's order. */
  readonly kept: readonly string[]
  /** Steps that were reached and run again, as far as the run comes there. */
  readonly again: readonly string[]
}

type Retried = Pick<RunDetail, 'workflow' | 'steps' | 'error'>

/** What a retry from a step keeps: what had completed before the latest visit of that step began. */
export function retryPlan(run: Retried, from: string | null): RetryPlan {
  const start = from ?? stoppedAt(run)
  const attempts = inOrder(run.steps)
  const latest = attempts.findLast((attempt) => attempt.step_id === start)
  const began = latest
    ? attempts.find(
        (attempt) => attempt.step_id === start && attempt.visit === latest.visit && attempt.epoch === latest.epoch,
      )
    : undefined
  const kept = new Set<string>()
  for (const attempt of attempts) {
    if (attempt === began) break
    if (attempt.status === 'completed' && attempt.step_id !== start) kept.add(attempt.step_id)
  }
  const reached = new Set(attempts.map(({ step_id }) => step_id))
  const order = run.workflow.steps.map(({ id }) => id)
  return {
    kept: order.filter((id) => kept.has(id)),
    again: order.filter((id) => id === start || (reached.has(id) && !kept.has(id))),
  }
}

/** Where it stopped: the step of its error, else the last one that did not complete. */
export function stoppedAt(run: Retried): string | null {
  return run.error?.step ?? inOrder(run.steps).findLast(({ status }) => status !== 'completed')?.step_id ?? null
}

/** Only what was changed: the server merges it over what the run began with. */
export function changedInputs(before: JsonObject, after: JsonObject): JsonObject | null {
  const changed = Object.entries(after).filter(([key, value]) => !same(before[key], value))
  return changed.length === 0 ? null : Object.fromEntries(changed)
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
}
