import { desc, eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { runs, waits } from '#drizzle/schema/index.ts'
import { type ApprovalFacets, ApprovalFacetsQuery } from '#lib/contracts/approvals.ts'
import { starter } from '../actors.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { matching } from './filter.ts'

/** More choices than this are no help in a menu. */
const SHOWN = 50

/** Of which workflows and by whom the approvals of a list are: what it can be narrowed down to, the most frequent first. */
export async function facetsOfApprovals({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: z.input<typeof ApprovalFacetsQuery>
}): Promise<ApprovalFacets> {
  const actor = authorise(ctx, 'approvals:read')
  const where = matching(actor, parseInput(ApprovalFacetsQuery, input), ctx.app.clock.now())
  const count = sql<number>`count(*)`.mapWith(Number)
  const { db } = ctx.app.database
  const [workflows, requesters] = await Promise.all([
    db
      .select({ id: runs.workflowId, name: sql<string>`max(${runs.workflowName})`, count })
      .from(waits)
      .innerJoin(runs, eq(runs.id, waits.runId))
      .where(where)
      .groupBy(runs.workflowId)
      .orderBy(desc(count), runs.workflowId)
      .limit(SHOWN),
    db
      .select({ name: starter, count })
      .from(waits)
      .innerJoin(runs, eq(runs.id, waits.runId))
      .where(where)
      .groupBy(starter)
      .orderBy(desc(count), starter)
      .limit(SHOWN),
  ])
  return { workflows, requesters }
}
