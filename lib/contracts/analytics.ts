import { z } from 'zod'
import { isTimeZone } from '../zone-time.ts'
import { AnyId, AskedInstant, Timestamp } from './common.ts'
import type { RunStatus } from './runs.ts'

/** The longest range that one question may span. */
export const RANGE_MAX_DAYS = 400

export const AnalyticsPeriod = z.enum(['24h', '7d', '30d'])
export type AnalyticsPeriod = z.infer<typeof AnalyticsPeriod>

export const AnalyticsQuery = z.strictObject({
  period: AnalyticsPeriod.default('7d').meta({
    description: 'The last 24 hours, or the last 7 or 30 days with today; `from` and `to` win over it.',
  }),
  from: AskedInstant.optional().meta({ description: 'The first instant that counts.' }),
  to: AskedInstant.optional().meta({
    description: `The first that no longer counts; absent: now. At most ${RANGE_MAX_DAYS} days after \`from\`.`,
  }),
  zone: z
    .string()
    .max(64)
    .default('UTC')
    .refine(isTimeZone, 'Name a time zone of the IANA list, such as Europe/Vienna.')
    .meta({ description: 'Where days and hours begin: a name of the IANA list.' }),
  workflow_id: AnyId.optional().meta({ description: 'Only runs of this workflow.' }),
})
export type AnalyticsQuery = z.infer<typeof AnalyticsQuery>

/** What was asked, made definite. */
const Range = {
  from: Timestamp,
  to: Timestamp,
  zone: z.string(),
}

/** Runs that began in the range, by the status they have now. */
export const StatusCounts = z.object({
  queued: z.number().int(),
  running: z.number().int(),
  waiting: z.number().int(),
  completed: z.number().int(),
  failed: z.number().int(),
  canceled: z.number().int(),
}) satisfies z.ZodType<Record<RunStatus, number>>
export type StatusCounts = z.infer<typeof StatusCounts>

/** Milliseconds; null where nothing completed. */
export const Percentiles = z.object({ p50: z.number().nullable(), p95: z.number().nullable() })
export type Percentiles = z.infer<typeof Percentiles>

/**
 * Of completed runs: how long they took in all, and of that how long their steps worked while nobody was waited for. Where
 * more than 20,000 completed, the latter is told by an even sample of about that many.
 */
export const Durations = z.object({ total: Percentiles, execution: Percentiles })
export type Durations = z.infer<typeof Durations>

/** Of calls to models. `usd` covers those whose price is known; `unpriced` counts the others. */
export const AiUse = z.object({
  usd: z.number(),
  tokens_prompt: z.number().int(),
  tokens_output: z.number().int(),
  calls: z.number().int(),
  unpriced: z.number().int(),
})
export type AiUse = z.infer<typeof AiUse>

export const PeriodFigures = z.object({
  runs: StatusCounts,
  total: z.number().int(),
  /** Completed among those that completed or failed, 0 to 1; null where there is none. */
  success_rate: z.number().nullable(),
  durations: Durations,
  ai: AiUse,
})
export type PeriodFigures = z.infer<typeof PeriodFigures>

export const AnalyticsSummary = z.object({
  ...Range,
  now: PeriodFigures,
  /** The same for the range of equal length right before. */
  before: PeriodFigures,
})
export type AnalyticsSummary = z.infer<typeof AnalyticsSummary>

export const RunsBucket = z.object({
  /** When the hour or day begins, or the range within it. */
  start: Timestamp,
  runs: StatusCounts,
  total: z.number().int(),
  durations: Durations,
})
export type RunsBucket = z.infer<typeof RunsBucket>

export const RunsOverTime = z.object({
  ...Range,
  bucket: z.enum(['hour', 'day']),
  /** In order, without a gap: also those in which nothing began. */
  buckets: z.array(RunsBucket),
})
export type RunsOverTime = z.infer<typeof RunsOverTime>

export const WorkflowFigures = z.object({
  workflow_id: z.string(),
  name: z.string(),
  runs: StatusCounts,
  total: z.number().int(),
  success_rate: z.number().nullable(),
  durations: z.object({ total: Percentiles }),
})
export type WorkflowFigures = z.infer<typeof WorkflowFigures>

/** Runs that failed alike. */
export const FailureGroup = z.object({
  workflow_id: z.string(),
  workflow_name: z.string(),
  /** null: no step of its own, such as the time limit of the whole run. */
  step: z.string().nullable(),
  code: z.string(),
  runs: z.number().int(),
  /** The latest of them, and its sentence. */
  last: z.object({ run_id: z.string(), message: z.string(), at: Timestamp }),
})
export type FailureGroup = z.infer<typeof FailureGroup>

export const AnalyticsWorkflows = z.object({
  ...Range,
  /** The ten with the most runs. */
  workflows: z.array(WorkflowFigures),
  /** The ten ways to fail that came most often. */
  failures: z.array(FailureGroup),
})
export type AnalyticsWorkflows = z.infer<typeof AnalyticsWorkflows>

/** Calls count when they were made, whenever their run began. The dearest first, then by tokens. */
export const AnalyticsAi = z.object({
  ...Range,
  total: AiUse,
  by_model: z.array(AiUse.extend({ provider: z.string(), model: z.string() })),
  /** At most twenty. */
  by_workflow: z.array(AiUse.extend({ workflow_id: z.string(), name: z.string() })),
})
export type AnalyticsAi = z.infer<typeof AnalyticsAi>

export const WaitAges = z.object({
  open: z.number().int(),
  /** Open, though their time is over. */
  overdue: z.number().int(),
  /** By how long they have been open. */
  hour: z.number().int(),
  day: z.number().int(),
  week: z.number().int(),
  longer: z.number().int(),
  median_ms: z.number().nullable(),
  oldest: z.object({ run_id: z.string(), step_id: z.string(), opened_at: Timestamp }).nullable(),
})
export type WaitAges = z.infer<typeof WaitAges>

/** What waits for people now, whatever the range. */
export const AnalyticsWaits = z.object({ form: WaitAges, approval: WaitAges })
export type AnalyticsWaits = z.infer<typeof AnalyticsWaits>

export const AnalyticsWaitsQuery = AnalyticsQuery.pick({ workflow_id: true })
export type AnalyticsWaitsQuery = z.infer<typeof AnalyticsWaitsQuery>
