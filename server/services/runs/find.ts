import { eq } from 'drizzle-orm'
import { runs } from '#drizzle/schema/index.ts'
import { ScaffError } from '#lib/errors.ts'
import { isId } from '#lib/ids.ts'
import type { Tx } from '../audit.ts'

export type RunRecord = typeof runs.$inferSelect

/** The run, or `run.not_found`: for an unknown id and one of the wrong form alike. */
export async function findRun(tx: Tx, id: string): Promise<RunRecord> {
  const [row] = isId('run', id) ? await tx.select().from(runs).where(eq(runs.id, id)) : []
  if (!row) throw new ScaffError('run.not_found', 'There is no run with this id.')
  return row
}
