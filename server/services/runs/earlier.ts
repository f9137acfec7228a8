import { and, eq } from 'drizzle-orm'
import { runs } from '#drizzle/schema/index.ts'
import type { RunStarted } from '#lib/contracts/run-acts.ts'
import { ScaffError } from '#lib/errors.ts'
import type { StartAnswer } from '#server/engine/port.ts'
import type { ServiceContext } from '../context.ts'

/** The run this key started before; looked for early, so that a repeat is answered also when a start would now be refused. */
export async function findEarlier(
  ctx: ServiceContext,
  workflowId: string,
  { key, fingerprint }: { key: string; fingerprint: string },
): Promise<RunStarted | null> {
  const [row] = await ctx.app.database.db
    .select({ run_id: runs.id, status: runs.status, fingerprint: runs.fingerprint })
    .from(runs)
    .where(and(eq(runs.workflowId, workflowId), eq(runs.idempotencyKey, key)))
  if (!row) return null
  if (row.fingerprint !== fingerprint) throw keyReused()
  return started({ ...row, replayed: true })
}

/** How a start, or a run that branched off, is answered. */
export function started(answer: Omit<Extract<StartAnswer, { ok: true }>, 'ok'>): RunStarted {
  const { run_id, status, replayed } = answer
  return { run_id, status, ...(replayed ? { replayed } : {}) }
}

export function keyReused(): ScaffError {
  return new ScaffError(
    'idempotency.key_reused',
    'This idempotency key started a run of this workflow with other inputs. Use a new key for a new start.',
  )
}
