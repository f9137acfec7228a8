import { and, asc, desc, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { runs, waits } from '#drizzle/schema/index.ts'
import type { ApprovalListQuery } from '#lib/contracts/approvals.ts'
import { DAY } from '#lib/time.ts'
import type { Actor } from '#server/engine/port.ts'
import { starter } from '../actors.ts'
import type { WaitRecord } from '../waits/find.ts'
import { asked, waitsFor } from './mine.ts'

type Sort = ApprovalListQuery['sort']
type Filters = Pick<ApprovalListQuery, 'status' | 'scope' | 'workflow_id' | 'priority' | 'due' | 'requested_by'>

/** Later than any time limit: where those without one are sorted. */
const NEVER = Number.MAX_SAFE_INTEGER

const endsAt = sql`coalesce(floor(extract(epoch from ${waits.expiresAt}) * 1000)::bigint, ${NEVER}::bigint)`

/** The approvals that a list asks for, `now` being the instant its time limits are measured at. */
export function matching(actor: Actor, filters: Filters, now: Date): SQL | undefined {
  const { status, scope, workflow_id, priority, due, requested_by } = filters
  const own = status === 'pending' ? waitsFor(actor) : asked(actor)
  return and(
    eq(waits.kind, 'approval'),
    status === undefined ? undefined : withStatus(status),
    scope === 'mine' ? own : undefined,
    workflow_id === undefined ? undefined : eq(runs.workflowId, workflow_id),
    priority === undefined ? undefined : eq(waits.priority, PRIORITIES[priority]),
    due === undefined ? undefined : ends(due, now),
    requested_by === undefined ? undefined : sql`lower(${starter}) = ${requested_by.trim().toLowerCase()}`,
  )
}

const PRIORITIES = { low: 0, normal: 1, high: 2 } as const

function withStatus(status: NonNullable<Filters['status']>): SQL | undefined {
  if (status === 'pending') return isNull(waits.outcome)
  return status === 'decided' ? isNotNull(waits.outcome) : eq(waits.outcome, status)
}

function ends(due: NonNullable<Filters['due']>, now: Date): SQL | undefined {
  if (due === 'none') return isNull(waits.expiresAt)
  const until = new Date(now.getTime() + { overdue: 0, day: DAY, week: 7 * DAY }[due])
  return sql`${waits.expiresAt} <= ${until.toISOString()}::timestamptz`
}

/** One order of the list: how rows are sorted, where a page ended, and what lies beyond that. Newer ids break ties. */
interface Order {
  readonly by: readonly SQL[]
  readonly keyOf: (wait: WaitRecord) => number
  readonly beyond: (key: number, id: string) => SQL
}

export const ORDERS: Readonly<Record<Sort, Order>> = {
  date: {
    by: [desc(waits.id)],
    keyOf: () => 0,
    beyond: (_, id) => sql`${waits.id} < ${id}`,
  },
  priority: {
    by: [desc(waits.priority), desc(waits.id)],
    keyOf: (wait) => wait.priority,
    beyond: (key, id) => sql`(${waits.priority}, ${waits.id}) < (${key}::bigint, ${id})`,
  },
  due: {
    by: [asc(endsAt), desc(waits.id)],
    keyOf: (wait) => wait.expiresAt?.getTime() ?? NEVER,
    beyond: (key, id) => sql`(${endsAt} > ${key}::bigint or (${endsAt} = ${key}::bigint and ${waits.id} < ${id}))`,
  },
  // As the index has it, which expressions would not meet: what is still open comes last, its key being 0.
  decided: {
    by: [sql`${waits.closedAt} desc nulls last`, desc(waits.id)],
    keyOf: (wait) => wait.closedAt?.getTime() ?? 0,
    beyond: (key, id) =>
      key <= 0
        ? sql`(${waits.closedAt} is null and ${waits.id} < ${id})`
        : sql`(${waits.closedAt} is null or (${waits.closedAt}, ${waits.id}) < (to_timestamp(${key}::float8 / 1000), ${id}))`,
  },
}
