import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { runs, waits } from '#drizzle/schema/index.ts'
import { type AnalyticsWaits, AnalyticsWaitsQuery, type WaitAges } from '#lib/contracts/analytics.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'

/** How long people have been waited for, over all that is open now. */
export async function analyseWaits({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: z.input<typeof AnalyticsWaitsQuery>
}): Promise<AnalyticsWaits> {
  authorise(ctx, 'run:read')
  const { workflow_id } = parseInput(AnalyticsWaitsQuery, input)
  const [form, approval] = await Promise.all([ages(ctx, 'form', workflow_id), ages(ctx, 'approval', workflow_id)])
  return { form, approval }
}

async function ages(ctx: ServiceContext, kind: 'form' | 'approval', workflowId: string | undefined): Promise<WaitAges> {
  const { db } = ctx.app.database
  const now = sql`${ctx.app.clock.now().toISOString()}::timestamptz`
  const age = sql`${now} - ${waits.openedAt}`
  const runsOf = (id: string) => db.select({ id: runs.id }).from(runs).where(eq(runs.workflowId, id))
  const open = and(
    eq(waits.kind, kind),
    isNull(waits.outcome),
    workflowId === undefined ? undefined : inArray(waits.runId, runsOf(workflowId)),
  )
  const [counts] = await db
    .select({
      open: sql<number>`count(*)::int`,
      overdue: sql<number>`count(*) filter (where ${waits.expiresAt} <= ${now})::int`,
      hour: sql<number>`count(*) filter (where ${age} < interval '1 hour')::int`,
      day: sql<number>`count(*) filter (where ${age} >= interval '1 hour' and ${age} < interval '24 hours')::int`,
      week: sql<number>`count(*) filter (where ${age} >= interval '24 hours' and ${age} < interval '168 hours')::int`,
      longer: sql<number>`count(*) filter (where ${age} >= interval '168 hours')::int`,
      median: sql<
        number | null
      >`percentile_cont(0.5) within group (order by extract(epoch from ${age})::float8 * 1000)`,
    })
    .from(waits)
    .where(open)
  const [oldest] = await db
    .select({ run_id: waits.runId, step_id: waits.stepId, openedAt: waits.openedAt })
    .from(waits)
    .where(open)
    .orderBy(asc(waits.openedAt), asc(waits.id))
    .limit(1)
  const { median = null, ...rest } = counts ?? NONE
  return {
    ...rest,
    median_ms: median === null ? null : Math.round(median),
    oldest: oldest
      ? { run_id: oldest.run_id, step_id: oldest.step_id, opened_at: oldest.openedAt.toISOString() }
      : null,
  }
}

const NONE = { open: 0, overdue: 0, hour: 0, day: 0, week: 0, longer: 0, median: null }
