import type { StepSummary } from '#lib/contracts/run-steps.ts'

/** Names what was read of an attempt as of its latest change: another change is another reading. */
export function attemptQueryKey<K>(key: K, { seq }: Pick<StepSummary, 'seq'>) {
  return [key, seq] as const
}
