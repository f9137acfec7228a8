import type { ActivityRef } from '#lib/workflow/events.ts'
import type { MemoryRun } from './engine.ts'

type Runs = ReadonlyMap<string, MemoryRun>

/** The concurrency keys of this run and of those above it, which called one another. */
export function callersOf(runs: Runs, { parent, concurrency }: MemoryRun): readonly (string | null)[] {
  const caller = parent && runs.get(parent.run_id)
  return [concurrency?.key ?? null, ...(caller ? callersOf(runs, caller) : [])]
}

/** The runs that this attempt of a step called. */
export function childrenOf(
  runs: Runs,
  run: MemoryRun,
  { path, step, visit, attempt, epoch }: ActivityRef,
): readonly MemoryRun[] {
  return [...runs.values()].filter(({ parent }) => {
    const by = parent?.activity
    return (
      parent?.run_id === run.id &&
      by?.path === path &&
      by.step === step &&
      by.visit === visit &&
      by.attempt === attempt &&
      by.epoch === epoch
    )
  })
}

/** The oldest queued run that has room to begin. One that has none keeps those of its key behind it waiting. */
export function nextInTurn(runs: Runs): MemoryRun | null {
  const full = new Set<string>()
  for (const run of runs.values()) {
    if (run.state.status !== 'queued' || !run.concurrency) continue
    const { key, max } = run.concurrency
    const underWay = [...runs.values()].filter(
      ({ concurrency, state }) => concurrency?.key === key && ['running', 'waiting'].includes(state.status),
    )
    if (underWay.length >= max) full.add(key)
    if (!full.has(key)) return run
  }
  return null
}
