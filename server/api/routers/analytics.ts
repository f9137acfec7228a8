import { AnalyticsQuery, AnalyticsWaitsQuery } from '#lib/contracts/analytics.ts'
import { analyseAi } from '#server/services/analytics/ai.ts'
import { analyseWorkflows } from '#server/services/analytics/by-workflow.ts'
import { runsOverTime } from '#server/services/analytics/over-time.ts'
import { summariseRuns } from '#server/services/analytics/summary.ts'
import { analyseWaits } from '#server/services/analytics/waits.ts'
import { authedProcedure, router } from '../trpc.ts'

export const analyticsRouter = router({
  summary: authedProcedure.input(AnalyticsQuery).query(({ ctx, input }) => summariseRuns({ ctx, input })),
  overTime: authedProcedure.input(AnalyticsQuery).query(({ ctx, input }) => runsOverTime({ ctx, input })),
  workflows: authedProcedure.input(AnalyticsQuery).query(({ ctx, input }) => analyseWorkflows({ ctx, input })),
  ai: authedProcedure.input(AnalyticsQuery).query(({ ctx, input }) => analyseAi({ ctx, input })),
  waits: authedProcedure.input(AnalyticsWaitsQuery).query(({ ctx, input }) => analyseWaits({ ctx, input })),
})
