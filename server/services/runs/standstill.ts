import type { Sql } from 'postgres'
import type { RunStandstill } from '#lib/contracts/runs.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { findRun } from './find.ts'

/** A step is taken up within milliseconds as a rule; until so long it is not worth a word. */
const PATIENCE_MS = 2_000
/** More than that are not counted: the sentence is the same. */
const COUNTED = 1_000

/**
 * Why a run stands still although a step, or the next attempt at one, is due; null where a worker executes one, or none
 * is due. What a worker held whose lease has ended counts as free: the next sweep makes it so.
 */
export async function getRunStandstill({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: { readonly id: string }
}): Promise<RunStandstill | null> {
  authorise(ctx, 'run:read')
  const { db, sql } = ctx.app.database
  const run = await findRun(db, input.id)
  const until = new Date(ctx.app.clock.now().getTime() - PATIENCE_MS).toISOString()
  if (run.status === 'queued' && run.concurrencyKey !== null && run.concurrencyMax !== null) {
    // Not since it was created: one that is retried queues anew.
    const since = run.updatedAt.toISOString()
    return since > until ? null : turnOf(sql, { id: run.id, key: run.concurrencyKey, max: run.concurrencyMax, since })
  }
  const [row] = await sql<{ due: string; workers: number; in_hand: number; ahead: number }[]>`
    with alive as materialized (select id from workers where lease_until > now()),
    mine as (
      select min(due) as due from work where run_id = ${run.id} and kind <> 'message'
      having not bool_or(coalesce(owner in (select id from alive), false))
    )
    select mine.due,
      (select count(*)::int from alive) as workers,
      (select count(*)::int from work where kind = 'step' and owner in (select id from alive)) as in_hand,
      (select count(*)::int from (
        select 1 from work where owner is null and kind = 'step' and due < mine.due limit ${COUNTED}) as before) as ahead
    from mine where mine.due <= ${until}`
  if (!row) return null
  return { since: new Date(row.due).toISOString(), workers: row.workers, in_hand: row.in_hand, ahead: row.ahead }
}

interface HeldRun {
  readonly id: string
  readonly key: string
  readonly max: number
  readonly since: string
}

/** A run that waits until others of its kind have ended: those that were started earlier begin before it. */
async function turnOf(sql: Sql, { id, key, max, since }: HeldRun): Promise<RunStandstill> {
  const [row] = await sql<{ workers: number; ahead: number }[]>`
    select (select count(*)::int from workers where lease_until > now()) as workers,
      (select count(*)::int from (
        select 1 from runs where concurrency_key = ${key} and status = 'queued' and ended_at is null and id < ${id}
        limit ${COUNTED}) as before) as ahead`
  return { since, workers: row?.workers ?? 0, in_hand: 0, ahead: row?.ahead ?? 0, at_once: max }
}
