import { and, eq, gte, lt, type SQL, sql } from 'drizzle-orm'
import { aiCalls, runs } from '#drizzle/schema/index.ts'
import { type AnalyticsQuery, RANGE_MAX_DAYS } from '#lib/contracts/analytics.ts'
import { ScaffError } from '#lib/errors.ts'
import { DAY, HOUR } from '#lib/time.ts'
import { startOfDay, startOfHour } from '#lib/zone-time.ts'

/** A question of analytics, made definite: runs from `from` on, before `to`. */
export interface Range {
  readonly from: Date
  readonly to: Date
  readonly zone: string
  /** null: of all workflows. */
  readonly workflowId: string | null
}

const DAYS = { '7d': 7, '30d': 30 } as const

/** Throws `request.invalid` where it ends before it begins, or spans too much. */
export function rangeOf({ period, from, to, zone, workflow_id }: AnalyticsQuery, now: Date): Range {
  const end = to === undefined ? now : new Date(to)
  const range = {
    from: from === undefined ? beginning(period, end, zone) : new Date(from),
    to: end,
    zone,
    workflowId: workflow_id ?? null,
  }
  const span = range.to.getTime() - range.from.getTime()
  if (span < 0) throw refused('from', '`from` must not lie after `to`.')
  if (span > RANGE_MAX_DAYS * DAY) throw refused('from', `Ask for at most ${RANGE_MAX_DAYS} days at once.`)
  return range
}

function beginning(period: AnalyticsQuery['period'], end: Date, zone: string): Date {
  if (period === '24h') return new Date(startOfHour(end, zone).getTime() - 23 * HOUR)
  return startOfDay(end, zone, 1 - DAYS[period])
}

function refused(path: string, message: string): ScaffError {
  return new ScaffError('request.invalid', message, { errors: [{ path, code: 'invalid', message }] })
}

/** The range of equal length right before. */
export function rangeBefore(range: Range): Range {
  return { ...range, from: new Date(2 * range.from.getTime() - range.to.getTime()), to: range.from }
}

/** As answers repeat it. */
export function rangeFacts({ from, to, zone }: Range) {
  return { from: from.toISOString(), to: to.toISOString(), zone }
}

/** Runs that began in the range. */
export function runsIn({ from, to, workflowId }: Range): SQL | undefined {
  return and(
    gte(runs.createdAt, from),
    lt(runs.createdAt, to),
    workflowId === null ? undefined : eq(runs.workflowId, workflowId),
  )
}

/** Calls to models that were made in the range. */
export function callsIn({ from, to, workflowId }: Range): SQL | undefined {
  return and(
    gte(aiCalls.at, from),
    lt(aiCalls.at, to),
    workflowId === null
      ? undefined
      : sql`${aiCalls.runId} in (select ${runs.id} from ${runs} where ${runs.workflowId} = ${workflowId})`,
  )
}

/** Instants as an array of the database. */
export function instants(dates: readonly Date[]): SQL {
  return sql`${`{${dates.map((date) => date.toISOString()).join(',')}}`}::timestamptz[]`
}
