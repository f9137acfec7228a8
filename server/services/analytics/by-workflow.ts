import { and, desc, eq, max, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { runs } from '#drizzle/schema/index.ts'
import { AnalyticsQuery, type AnalyticsWorkflows } from '#lib/contracts/analytics.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { statusColumns, successRate, toCounts, toPercentiles, totalOf, totalPercentiles } from './columns.ts'
import { lastRunsOf } from './last-runs.ts'
import { type Range, rangeFacts, rangeOf, runsIn } from './range.ts'

const TOP = 10

/** The workflows that run most, and the ways in which runs fail most. */
export async function analyseWorkflows({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: z.input<typeof AnalyticsQuery>
}): Promise<AnalyticsWorkflows> {
  authorise(ctx, 'run:read')
  const range = rangeOf(parseInput(AnalyticsQuery, input), ctx.app.clock.now())
  const [workflows, failures] = await Promise.all([topWorkflows(ctx, range), topFailures(ctx, range)])
  return { ...rangeFacts(range), workflows, failures }
}

async function topWorkflows(ctx: ServiceContext, range: Range): Promise<AnalyticsWorkflows['workflows']> {
  const rows = await ctx.app.database.db
    .select({ id: runs.workflowId, last: max(runs.id), ...statusColumns, total: totalPercentiles })
    .from(runs)
    .where(runsIn(range))
    .groupBy(runs.workflowId)
    .orderBy(desc(sql`count(*)`), runs.workflowId)
    .limit(TOP)
  const last = await lastRunsOf(ctx, rows)
  return rows.map((row) => {
    const counts = toCounts(row)
    return {
      workflow_id: row.id,
      name: last.get(row.last ?? '')?.workflowName ?? row.id,
      runs: counts,
      total: totalOf(counts),
      success_rate: successRate(counts),
      durations: { total: toPercentiles(row.total) },
    }
  })
}

async function topFailures(ctx: ServiceContext, range: Range): Promise<AnalyticsWorkflows['failures']> {
  const step = sql<string | null>`${runs.error} ->> 'step'`
  const code = sql<string>`coalesce(${runs.error} ->> 'code', 'unknown')`
  const rows = await ctx.app.database.db
    .select({ id: runs.workflowId, step, code, count: sql<number>`count(*)::int`, last: max(runs.id) })
    .from(runs)
    .where(and(runsIn(range), eq(runs.status, 'failed')))
    .groupBy(runs.workflowId, step, code)
    .orderBy(desc(sql`count(*)`), desc(max(runs.id)))
    .limit(TOP)
  const last = await lastRunsOf(ctx, rows)
  return rows.flatMap((row) => {
    const run = last.get(row.last ?? '')
    if (!run) return []
    return {
      workflow_id: row.id,
      workflow_name: run.workflowName,
      step: row.step,
      code: row.code,
      runs: row.count,
      last: { run_id: run.id, message: run.error?.message ?? '', at: (run.endedAt ?? run.createdAt).toISOString() },
    }
  })
}
