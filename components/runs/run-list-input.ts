import { instantsOf, type RangeChoice, rangeParams, readRange } from '#components/analytics/range-choice.ts'
import type { RunStatus } from '#lib/contracts/runs.ts'
import { DAY, HOUR } from '#lib/time.ts'
import { RUN_STATUSES } from '#lib/workflow/state.ts'

export interface RunFilters {
  readonly q: string
  /** None: every one. */
  readonly status: readonly RunStatus[]
  /** Only runs of this workflow. */
  readonly workflowId: string | null
  /** Only what this person or key started. */
  readonly startedBy: string | null
  /** null: always. */
  readonly range: RangeChoice | null
}

export const NO_FILTERS: RunFilters = { q: '', status: [], workflowId: null, startedBy: null, range: null }

/** What an address says. */
export function readFilters(get: (name: string) => string | null): RunFilters {
  return {
    q: get('q') ?? '',
    status: toStatuses(get('status')),
    workflowId: get('workflow_id') || null,
    startedBy: get('started_by') || null,
    range: readRange(get),
  }
}

/** As they stand in an address. */
export function filterParams(filters: RunFilters): Readonly<Record<string, string | null>> {
  return {
    q: filters.q.trim(),
    status: filters.status.join(','),
    workflow_id: filters.workflowId,
    started_by: filters.startedBy,
    ...rangeParams(filters.range),
  }
}

/**
 * What the list asks the API for: the page on the server and the list in the browser must ask alike to share the answer.
 * `now` is when the address was read, so that paging goes on in the range it began in.
 */
export function runListInput({ q, status, workflowId, startedBy, range }: RunFilters, now: number) {
  const text = q.trim()
  return {
    ...(text === '' ? {} : { q: text }),
    ...(status.length === 0 ? {} : { status: status.join(',') }),
    ...(workflowId ? { workflow_id: workflowId } : {}),
    ...(startedBy ? { started_by: startedBy } : {}),
    ...(range === null
      ? {}
      : 'period' in range
        ? { from: new Date(beginning(range.period, now)).toISOString() }
        : instantsOf(range)),
  }
}

const LENGTHS = { '24h': 24 * HOUR, '7d': 7 * DAY, '30d': 30 * DAY } as const

/** To the minute, so that asking again within it is the same question. */
function beginning(period: keyof typeof LENGTHS, now: number): number {
  return Math.floor((now - LENGTHS[period]) / 60_000) * 60_000
}

/** The statuses that a text names, in their usual order; anything else in it is left out. */
export function toStatuses(text: string | null | undefined): readonly RunStatus[] {
  const named = new Set(text?.split(','))
  return RUN_STATUSES.filter((status) => named.has(status))
}

export function isFiltered({ q, status, workflowId, startedBy, range }: RunFilters): boolean {
  return q.trim() !== '' || status.length > 0 || workflowId !== null || startedBy !== null || range !== null
}
