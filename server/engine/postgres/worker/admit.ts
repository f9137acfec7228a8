import type { Call } from '../../port.ts'
import { move } from '../client/move.ts'
import { type ClaimedWork, finish } from './claim.ts'
import type { WorkerContext } from './parts.ts'

/**
 * Lets the oldest queued runs of a key begin, as many as there is room for. A lock on the key holds others off meanwhile;
 * it ends with the transaction, so that a crash leaves nothing behind but the work row.
 */
export async function admitQueued({ parts, lease }: WorkerContext, work: ClaimedWork): Promise<void> {
  const { key, max } = work.payload as { key: string; max: number }
  await parts.transaction(async (inside) => {
    const { sql } = inside
    await sql`select pg_advisory_xact_lock(hashtextextended(${`concurrency:${key}`}, 0))`
    const queued = await sql<{ id: string; request_id: string }[]>`
      select id, request_id from runs where concurrency_key = ${key} and status = 'queued' and ended_at is null order by id
      limit greatest(0, ${max} - (
        select count(*)::int from runs where concurrency_key = ${key} and status in ('running', 'waiting') and ended_at is null))`
    for (const { id, request_id } of queued) {
      const call: Call = { actor: { kind: 'system', name: 'concurrency' }, request_id, audit: null }
      await move<never>(inside, call, id, async (_run, at) => ({ event: { type: 'admit', at } }))
    }
  })
  await finish(parts.sql, work, lease.owner)
}
