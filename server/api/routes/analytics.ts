import {
  AnalyticsAi,
  AnalyticsQuery,
  AnalyticsSummary,
  AnalyticsWaits,
  AnalyticsWaitsQuery,
  AnalyticsWorkflows,
  RunsOverTime,
} from '#lib/contracts/analytics.ts'
import { analyseAi } from '#server/services/analytics/ai.ts'
import { analyseWorkflows } from '#server/services/analytics/by-workflow.ts'
import { runsOverTime } from '#server/services/analytics/over-time.ts'
import { summariseRuns } from '#server/services/analytics/summary.ts'
import { analyseWaits } from '#server/services/analytics/waits.ts'
import { endpoint } from '../endpoint.ts'

const COMMON = { method: 'GET', tag: 'analytics', access: 'run:read', status: 200 } as const

export const getAnalyticsSummary = endpoint({
  ...COMMON,
  id: 'getAnalyticsSummary',
  path: '/analytics/summary',
  summary: 'The figures of a range, beside those of the one before',
  description:
    'Runs that began in the range by the status they have now, the share that completed, durations of completed runs, and what calls to models cost.',
  query: AnalyticsQuery,
  response: AnalyticsSummary,
  run: ({ ctx, query }) => summariseRuns({ ctx, input: query }),
})

export const getRunsOverTime = endpoint({
  ...COMMON,
  id: 'getRunsOverTime',
  path: '/analytics/runs-over-time',
  summary: 'Runs and durations for each hour or day',
  description:
    'Hours up to two days, days beyond; they begin on the wall of `zone`, so that a day on which clocks change has 23 or 25 hours.',
  query: AnalyticsQuery,
  response: RunsOverTime,
  run: ({ ctx, query }) => runsOverTime({ ctx, input: query }),
})

export const getWorkflowAnalytics = endpoint({
  ...COMMON,
  id: 'getWorkflowAnalytics',
  path: '/analytics/workflows',
  summary: 'The workflows that run most, and how runs fail',
  query: AnalyticsQuery,
  response: AnalyticsWorkflows,
  run: ({ ctx, query }) => analyseWorkflows({ ctx, input: query }),
})

export const getAiAnalytics = endpoint({
  ...COMMON,
  id: 'getAiAnalytics',
  path: '/analytics/ai',
  summary: 'What calls to models cost, by model and by workflow',
  description: 'A call counts when it was made. `unpriced` calls are those whose price is not known.',
  query: AnalyticsQuery,
  response: AnalyticsAi,
  run: ({ ctx, query }) => analyseAi({ ctx, input: query }),
})

export const getWaitAnalytics = endpoint({
  ...COMMON,
  id: 'getWaitAnalytics',
  path: '/analytics/waits',
  summary: 'How long people have been waited for',
  description: 'Over all forms and approvals that are open now.',
  query: AnalyticsWaitsQuery,
  response: AnalyticsWaits,
  run: ({ ctx, query }) => analyseWaits({ ctx, input: query }),
})
