import { and, asc, eq, isNull } from 'drizzle-orm'
import { runs, waits } from '#drizzle/schema/index.ts'
import { isId } from '#lib/ids.ts'
import type { Profile } from '#lib/workflow/data.ts'
import type { Tx } from '../audit.ts'

export type WaitRecord = typeof waits.$inferSelect

/** The run a wait belongs to, as far as people who answer it are told. */
export interface WaitRun {
  readonly id: string
  readonly workflowId: string
  readonly workflowName: string
  readonly workflowVersion: number
  readonly profile: Profile
}

export interface WaitWithRun {
  readonly wait: WaitRecord
  readonly run: WaitRun
}

export const waitRunColumns = {
  id: runs.id,
  workflowId: runs.workflowId,
  workflowName: runs.workflowName,
  workflowVersion: runs.workflowVersion,
  profile: runs.profile,
}

/** A wait with its run; null for an unknown id and one of the wrong form alike. */
export async function findWait(tx: Tx, id: string): Promise<WaitWithRun | null> {
  if (!isId('wait', id)) return null
  const [row] = await tx
    .select({ wait: waits, run: waitRunColumns })
    .from(waits)
    .innerJoin(runs, eq(runs.id, waits.runId))
    .where(eq(waits.id, id))
  return row ?? null
}

/** What a run waits for, the oldest first. */
export function openWaits(tx: Tx, run_id: string): Promise<WaitRecord[]> {
  return tx
    .select()
    .from(waits)
    .where(and(eq(waits.runId, run_id), isNull(waits.outcome)))
    .orderBy(asc(waits.openedAt), asc(waits.id))
}
