import type { z } from 'zod'
import { aiCalls, runs } from '#drizzle/schema/index.ts'
import { AnalyticsQuery, type AnalyticsSummary, type PeriodFigures } from '#lib/contracts/analytics.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import {
  aiColumns,
  durationColumns,
  NO_RUNS,
  statusColumns,
  successRate,
  toCounts,
  toDurations,
  totalOf,
} from './columns.ts'
import { callsIn, type Range, rangeBefore, rangeFacts, rangeOf, runsIn } from './range.ts'
import { sampling } from './sampling.ts'

/** The figures of a range, beside those of the one before. */
export async function summariseRuns({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: z.input<typeof AnalyticsQuery>
}): Promise<AnalyticsSummary> {
  authorise(ctx, 'run:read')
  const range = rangeOf(parseInput(AnalyticsQuery, input), ctx.app.clock.now())
  const [now, before] = await Promise.all([figures(ctx, range), figures(ctx, rangeBefore(range))])
  return { ...rangeFacts(range), now, before }
}

async function figures(ctx: ServiceContext, range: Range): Promise<PeriodFigures> {
  const { db } = ctx.app.database
  const each = await sampling(ctx, range)
  const [[row], [ai]] = await Promise.all([
    db
      .select({ ...statusColumns, ...durationColumns(each) })
      .from(runs)
      .where(runsIn(range)),
    db.select(aiColumns).from(aiCalls).where(callsIn(range)),
  ])
  const counts = row ? toCounts(row) : NO_RUNS
  return {
    runs: counts,
    total: totalOf(counts),
    success_rate: successRate(counts),
    durations: toDurations(row ?? { total: null, execution: null }),
    ai: ai ?? { usd: 0, tokens_prompt: 0, tokens_output: 0, calls: 0, unpriced: 0 },
  }
}
