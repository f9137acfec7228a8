import { and, eq } from 'drizzle-orm'
import type { z } from 'zod'
import { runs, waits } from '#drizzle/schema/index.ts'
import { type ApprovalList, ApprovalListQuery } from '#lib/contracts/approvals.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { decodeCursor, page } from '../paging.ts'
import { parseInput } from '../parse.ts'
import { waitRunColumns } from '../waits/find.ts'
import { matching, ORDERS } from './filter.ts'
import { asApproval, toApprovalRow } from './view.ts'

/**
 * Approvals, sorted and narrowed down as asked. With `scope=mine` pending ones are those that wait for the caller now,
 * and decided ones those at which they were asked.
 */
export async function listApprovals({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: z.input<typeof ApprovalListQuery>
}): Promise<ApprovalList> {
  const actor = authorise(ctx, 'approvals:read')
  const { sort, limit, cursor, ...filters } = parseInput(ApprovalListQuery, input)
  const [key, id] = cursor === undefined ? [0, null] : decodeCursor(cursor, ['number', 'string'])
  const order = ORDERS[sort]
  const found = await ctx.app.database.db
    .select({ wait: waits, run: waitRunColumns })
    .from(waits)
    .innerJoin(runs, eq(runs.id, waits.runId))
    .where(and(matching(actor, filters, ctx.app.clock.now()), id === null ? undefined : order.beyond(key, id)))
    .orderBy(...order.by)
    .limit(limit + 1)
  const { rows, next_cursor } = page(found, limit, ({ wait }) => [order.keyOf(wait), wait.id])
  const approvals = rows.flatMap((row) => {
    const approval = asApproval(row)
    return approval ? [toApprovalRow(ctx, approval)] : []
  })
  return { approvals, next_cursor }
}
