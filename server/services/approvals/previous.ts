import { and, desc, eq, isNotNull, lt } from 'drizzle-orm'
import { waits } from '#drizzle/schema/index.ts'
import type { EarlierRequest } from '#lib/contracts/approvals.ts'
import { toDecisions } from '#lib/wait-view.ts'
import type { ServiceContext } from '../context.ts'
import type { WaitRecord } from '../waits/find.ts'
import { statusOf } from './status.ts'

/**
 * What the same step of this run asked the last time, so that who decides sees what changed since. Null the first time.
 * Ids are made in the order of time.
 */
export async function readPrevious(ctx: ServiceContext, wait: WaitRecord): Promise<EarlierRequest | null> {
  const [earlier] = await ctx.app.database.db
    .select()
    .from(waits)
    .where(
      and(
        eq(waits.runId, wait.runId),
        eq(waits.kind, 'approval'),
        eq(waits.stepId, wait.stepId),
        eq(waits.path, wait.path),
        isNotNull(waits.outcome),
        lt(waits.id, wait.id),
      ),
    )
    .orderBy(desc(waits.id))
    .limit(1)
  if (earlier?.wait.kind !== 'approval' || earlier.opening.kind !== 'approval') return null
  return {
    show: earlier.opening.show,
    outcome: statusOf(earlier),
    decisions: toDecisions(earlier.wait),
    asked_at: earlier.openedAt.toISOString(),
    closed_at: (earlier.closedAt ?? earlier.openedAt).toISOString(),
  }
}
