import type { Call } from '../../port.ts'
import { move } from '../client/move.ts'
import { type ClaimedWork, finish } from './claim.ts'
import type { WorkerContext } from './parts.ts'

/**
 * Lets queued runs of a key begin, the oldest first, while there is room. Each has the limit of its own version: one that may
 * not begin yet keeps its place, and those behind it wait with it. A lock on the key holds others off meanwhile; it ends with
 * the transaction, so that a crash leaves nothing behind but the work row.
 */
export async function admitQueued({ parts, lease }: WorkerContext, work: ClaimedWork): Promise<void> {
  const { key } = work.payload as { key: string }
  await parts.transaction(async (inside) => {
    const { sql } = inside
    await sql`select pg_advisory_xact_lock(hashtextextended(${`concurrency:${key}`}, 0))`
    const queued = await sql<{ id: string; request_id: string }[]>`
      with under_way as (
        select count(*)::int as runs from runs
        where concurrency_key = ${key} and status in ('running', 'waiting') and ended_at is null),
      next as (
        select id, request_id, bool_and(under_way.runs + place <= concurrency_max) over (order by id) as fits from (
          select id, request_id, concurrency_max, row_number() over (order by id) as place from runs
          where concurrency_key = ${key} and status = 'queued' and ended_at is null) as line, under_way)
      select id, request_id from next where fits order by id`
    for (const { id, request_id } of queued) {
      const call: Call = { actor: { kind: 'system', name: 'concurrency' }, request_id, audit: null }
      await move<never>(inside, call, id, async (_run, at) => ({ event: { type: 'admit', at } }))
    }
  })
  await finish(parts.sql, work, lease.owner)
}
