import { and, asc, inArray, isNull } from 'drizzle-orm'
import { waits } from '#drizzle/schema/index.ts'
import type { RunWaitingFor } from '#lib/contracts/run-waits.ts'
import { awaited } from '#lib/workflow/quorum.ts'
import type { ServiceContext } from '../context.ts'
import type { WaitRecord } from '../waits/find.ts'
import { nameOf } from './to-wait.ts'

/** By run: whom its oldest open wait is for. One query for a whole page of a list. */
export async function waitingFor(
  ctx: ServiceContext,
  runIds: readonly string[],
): Promise<ReadonlyMap<string, RunWaitingFor>> {
  if (runIds.length === 0) return new Map()
  const rows = await ctx.app.database.db
    .selectDistinctOn([waits.runId])
    .from(waits)
    .where(and(inArray(waits.runId, [...runIds]), isNull(waits.outcome)))
    .orderBy(waits.runId, asc(waits.openedAt), asc(waits.id))
  return new Map(rows.map((row) => [row.runId, toWaitingFor(row)]))
}

function toWaitingFor({ kind, wait, opening, openedAt, expiresAt }: WaitRecord): RunWaitingFor {
  const assignee = opening.kind === 'form' ? opening.assignee : null
  return {
    type: kind,
    people: wait.kind === 'approval' ? awaited(wait).map(({ email }) => email) : assignee ? [nameOf(assignee)] : [],
    any: wait.kind === 'form' || wait.policy === 'any' || typeof wait.policy === 'object',
    since: openedAt.toISOString(),
    expires_at: expiresAt?.toISOString() ?? null,
  }
}
