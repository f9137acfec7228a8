import { type SQL, sql } from 'drizzle-orm'
import { aiCalls, runs } from '#drizzle/schema/index.ts'
import type { AiUse, Durations, Percentiles, StatusCounts } from '#lib/contracts/analytics.ts'
import { RUN_STATUSES, type RunStatus } from '#lib/workflow/state.ts'

const withStatus = (status: RunStatus) => sql<number>`count(*) filter (where ${runs.status} = ${status})::int`

export const statusColumns = {
  queued: withStatus('queued'),
  running: withStatus('running'),
  waiting: withStatus('waiting'),
  completed: withStatus('completed'),
  failed: withStatus('failed'),
  canceled: withStatus('canceled'),
} satisfies Record<RunStatus, SQL<number>>

const completed = sql`filter (where ${runs.status} = 'completed')`
const percentiles = (ms: SQL) =>
  sql<(number | null)[] | null>`percentile_cont(array[0.5, 0.95]) within group (order by ${ms}) ${completed}`

/** From the start of a run to its end, in milliseconds. */
const totalMs = sql`extract(epoch from ${runs.endedAt} - ${runs.createdAt})::float8 * 1000`
export const totalPercentiles = percentiles(totalMs)

/**
 * For how long the steps of a run worked, in milliseconds: all attempts but those that ask people, so neither what waited
 * for a person nor for a worker, nor pauses before another attempt. Only looked up for completed runs, and of many only
 * for one in `each`: their steps are read one run after the other.
 */
const executionMs = (
  each: number,
) => sql`case when ${runs.status} = 'completed' and hashtext(${runs.id}) % ${each} = 0 then (
  select coalesce(sum(extract(epoch from step.ended_at - step.started_at)), 0)::float8 * 1000
  from run_steps step
  where step.run_id = ${runs.id} and step.type not in ('form', 'approval')
) end`

export const durationColumns = (each: number) => ({
  total: totalPercentiles,
  execution: percentiles(executionMs(each)),
})

export const aiColumns = {
  usd: sql<number>`coalesce(sum(${aiCalls.costUsd}), 0)::float8`,
  tokens_prompt: sql<number>`coalesce(sum(${aiCalls.tokensPrompt}), 0)::float8`,
  tokens_output: sql<number>`coalesce(sum(${aiCalls.tokensOutput}), 0)::float8`,
  calls: sql<number>`count(${aiCalls.id})::int`,
  unpriced: sql<number>`count(${aiCalls.id}) filter (where ${aiCalls.costUsd} is null)::int`,
} satisfies Record<keyof AiUse, SQL<number>>

export function toPercentiles(row: readonly (number | null)[] | null | undefined): Percentiles {
  const rounded = (ms: number | null | undefined) => (ms === null || ms === undefined ? null : Math.round(ms))
  return { p50: rounded(row?.[0]), p95: rounded(row?.[1]) }
}

export function toDurations(row: {
  readonly total: readonly (number | null)[] | null
  readonly execution: readonly (number | null)[] | null
}): Durations {
  return { total: toPercentiles(row.total), execution: toPercentiles(row.execution) }
}

export const NO_RUNS: StatusCounts = { queued: 0, running: 0, waiting: 0, completed: 0, failed: 0, canceled: 0 }

export function totalOf(counts: StatusCounts): number {
  return RUN_STATUSES.reduce((sum, status) => sum + counts[status], 0)
}

/** Completed among those that came to an end by themselves, 0 to 1; null where none did. */
export function successRate({ completed, failed }: StatusCounts): number | null {
  return completed + failed === 0 ? null : completed / (completed + failed)
}

/** The six counts out of a wider row. */
export function toCounts(row: StatusCounts): StatusCounts {
  const { queued, running, waiting, completed, failed, canceled } = row
  return { queued, running, waiting, completed, failed, canceled }
}
