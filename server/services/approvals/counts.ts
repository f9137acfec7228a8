import { and, eq, isNull, sql } from 'drizzle-orm'
import { waits } from '#drizzle/schema/index.ts'
import type { InboxCounts } from '#lib/contracts/approvals.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { waitsFor } from './mine.ts'

/** How many approvals are open, and how many of them wait for the caller: the badge of the inbox. */
export async function countInbox({ ctx }: { ctx: ServiceContext }): Promise<InboxCounts> {
  const actor = authorise(ctx, 'approvals:read')
  const [row] = await ctx.app.database.db
    .select({
      all: sql<number>`count(*)`.mapWith(Number),
      mine: sql<number>`count(*) filter (where ${waitsFor(actor)})`.mapWith(Number),
    })
    .from(waits)
    .where(and(eq(waits.kind, 'approval'), isNull(waits.outcome)))
  return row ?? { all: 0, mine: 0 }
}
