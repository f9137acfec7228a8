import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import { runs } from '#drizzle/schema/index.ts'
import { AnalyticsQuery, type RunsOverTime } from '#lib/contracts/analytics.ts'
import { HOUR } from '#lib/time.ts'
import { bucketStarts } from '#lib/zone-time.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { durationColumns, NO_RUNS, statusColumns, toCounts, toDurations, totalOf } from './columns.ts'
import { instants, type Range, rangeFacts, rangeOf, runsIn } from './range.ts'
import { sampling } from './sampling.ts'

/** Up to this length hours say more than days. */
const HOURLY_UP_TO = 49 * HOUR

/** Runs by status and durations for each hour or day on the wall of the reader's zone, also those with none. */
export async function runsOverTime({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: z.input<typeof AnalyticsQuery>
}): Promise<RunsOverTime> {
  authorise(ctx, 'run:read')
  const range = rangeOf(parseInput(AnalyticsQuery, input), ctx.app.clock.now())
  const bucket = range.to.getTime() - range.from.getTime() <= HOURLY_UP_TO ? 'hour' : 'day'
  const starts = bucketStarts(range.from, range.to, bucket, range.zone)
  const rows = await rowsByBucket(ctx, range, starts)
  return {
    ...rangeFacts(range),
    bucket,
    buckets: starts.map((start, index) => {
      const row = rows.get(index + 1)
      const counts = row ? toCounts(row) : NO_RUNS
      return {
        start: start.toISOString(),
        runs: counts,
        total: totalOf(counts),
        durations: toDurations(row ?? { total: null, execution: null }),
      }
    }),
  }
}

/** By the number of the bucket, from 1 on. */
async function rowsByBucket(ctx: ServiceContext, range: Range, starts: readonly Date[]) {
  if (starts.length === 0) return new Map<number, never>()
  const number = sql<number>`width_bucket(${runs.createdAt}, ${instants(starts)})`
  const rows = await ctx.app.database.db
    .select({ number, ...statusColumns, ...durationColumns(await sampling(ctx, range)) })
    .from(runs)
    .where(runsIn(range))
    .groupBy(sql`1`)
  return new Map(rows.map((row) => [row.number, row]))
}
