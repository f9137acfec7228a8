import type { ChartData, Series } from '#components/charts/chart-data.ts'
import { durationMark, durationTicks } from '#components/charts/duration-axis.ts'
import { duration } from '#components/ui/time-format.ts'
import type { RunsOverTime, StatusCounts } from '#lib/contracts/analytics.ts'

const STATUSES: readonly (Series & { readonly of: (counts: StatusCounts) => number })[] = [
  { key: 'completed', label: 'Completed', color: 'var(--good)', pattern: 'solid', of: (runs) => runs.completed },
  { key: 'failed', label: 'Failed', color: 'var(--bad)', pattern: 'stripes', of: (runs) => runs.failed },
  { key: 'waiting', label: 'Waiting', color: 'var(--warn)', pattern: 'dots', of: (runs) => runs.waiting },
  {
    key: 'under_way',
    label: 'Running or queued',
    color: 'var(--info)',
    pattern: 'hollow',
    of: (runs) => runs.running + runs.queued,
  },
  { key: 'canceled', label: 'Canceled', color: 'var(--control)', pattern: 'stripes', of: (runs) => runs.canceled },
]

const PERCENTILES: readonly Series[] = [
  { key: 'p50', label: 'Half are done within (p50)', color: 'var(--accent)', pattern: 'solid' },
  { key: 'p95', label: '95 of 100 within (p95)', color: 'var(--warn)', pattern: 'dashed' },
]

/** Runs by status, for a bar of each hour or day. */
export function runsChart(overTime: RunsOverTime): ChartData {
  return {
    unit: overTime.bucket === 'hour' ? 'Hour' : 'Day',
    series: STATUSES,
    format: String,
    points: overTime.buckets.map((bucket) => ({
      ...place(overTime.bucket, bucket.start),
      values: Object.fromEntries(STATUSES.map(({ key, of }) => [key, of(bucket.runs)])),
    })),
  }
}

/** How many of each status there are over all buckets, by the key of its series. */
export function runTotals(counts: StatusCounts): Readonly<Record<string, string>> {
  return Object.fromEntries(STATUSES.map(({ key, of }) => [key, String(of(counts))]))
}

/** How long completed runs took, in all or without waiting. */
export function durationChart(overTime: RunsOverTime, measure: 'total' | 'execution'): ChartData {
  return {
    unit: overTime.bucket === 'hour' ? 'Hour' : 'Day',
    series: PERCENTILES,
    format: duration,
    axis: { ticks: durationTicks, format: durationMark },
    points: overTime.buckets.map((bucket) => ({
      ...place(overTime.bucket, bucket.start),
      values: { ...bucket.durations[measure] },
    })),
  }
}

function place(bucket: 'hour' | 'day', start: string) {
  const at = new Date(start)
  return bucket === 'hour'
    ? {
        key: start,
        label: at.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' }),
        detail: at.toLocaleString(undefined, { weekday: 'short', hour: '2-digit', minute: '2-digit' }),
      }
    : {
        key: start,
        label: at.toLocaleDateString(undefined, { day: 'numeric', month: 'short' }),
        detail: at.toLocaleDateString(undefined, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }),
      }
}
