import { and, desc, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { runs, waits } from '#drizzle/schema/index.ts'
import { type ApprovalList, ApprovalListQuery } from '#lib/contracts/approvals.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { decodeCursor, page } from '../paging.ts'
import { parseInput } from '../parse.ts'
import { waitRunColumns } from '../waits/find.ts'
import { asked, waitsFor } from './mine.ts'
import { asApproval, toApprovalRow } from './view.ts'

/**
 * Approvals, the newest first or the most urgent first. With `scope=mine` pending ones are those that wait for the
 * caller now, and decided ones those at which they were asked.
 */
export async function listApprovals({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: z.input<typeof ApprovalListQuery>
}): Promise<ApprovalList> {
  const actor = authorise(ctx, 'approvals:read')
  const { status, sort, scope, limit, cursor } = parseInput(ApprovalListQuery, input)
  const [priority, id] = cursor === undefined ? [0, null] : decodeCursor(cursor, ['number', 'string'])
  const own = status === 'pending' ? waitsFor(actor) : asked(actor)
  const found = await ctx.app.database.db
    .select({ wait: waits, run: waitRunColumns })
    .from(waits)
    .innerJoin(runs, eq(runs.id, waits.runId))
    .where(
      and(
        eq(waits.kind, 'approval'),
        status === undefined ? undefined : withStatus(status),
        scope === 'mine' ? own : undefined,
        id === null ? undefined : beyond(sort, priority, id),
      ),
    )
    .orderBy(...(sort === 'priority' ? [desc(waits.priority)] : []), desc(waits.id))
    .limit(limit + 1)
  const { rows, next_cursor } = page(found, limit, ({ wait }) => [wait.priority, wait.id])
  const approvals = rows.flatMap((row) => {
    const approval = asApproval(row)
    return approval ? [toApprovalRow(ctx, approval)] : []
  })
  return { approvals, next_cursor }
}

function withStatus(status: NonNullable<ApprovalListQuery['status']>): SQL | undefined {
  if (status === 'pending') return isNull(waits.outcome)
  return status === 'decided' ? isNotNull(waits.outcome) : eq(waits.outcome, status)
}

function beyond(sort: ApprovalListQuery['sort'], priority: number, id: string): SQL {
  return sort === 'priority' ? sql`(${waits.priority}, ${waits.id}) < (${priority}, ${id})` : sql`${waits.id} < ${id}`
}
