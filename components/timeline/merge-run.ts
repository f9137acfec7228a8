import type { StepSummary } from '#lib/contracts/run-steps.ts'
import type { RunDetail } from '#lib/contracts/runs.ts'

/** Names one attempt within its run. */
export function attemptKey(ref: Pick<StepSummary, 'epoch' | 'path' | 'step_id' | 'visit' | 'attempt'>): string {
  return `${ref.epoch}:${ref.path}:${ref.step_id}:${ref.visit}:${ref.attempt}`
}

/** The number of the newest change that is known: what to ask after. */
export function newestChange(run: Pick<RunDetail, 'steps'>): number {
  return run.steps.reduce((newest, { seq }) => Math.max(newest, seq), 0)
}

/**
 * What is known of a run and what changed since: changed attempts take the place of their older selves. Answers that were
 * overtaken change nothing back, because a newer change of an attempt has the higher number.
 */
export function mergeRun(before: RunDetail, news: RunDetail): RunDetail {
  if (news.steps.length === 0) return { ...news, steps: before.steps }
  const known = new Map(before.steps.map((step) => [attemptKey(step), step]))
  for (const step of news.steps) {
    const key = attemptKey(step)
    const old = known.get(key)
    if (!old || old.seq <= step.seq) known.set(key, step)
  }
  return { ...news, steps: [...known.values()] }
}

/** Attempts in the order in which they began. */
export function inOrder(steps: readonly StepSummary[]): readonly StepSummary[] {
  return steps.toSorted((a, b) => compare(a.started_at, b.started_at) || a.seq - b.seq)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
