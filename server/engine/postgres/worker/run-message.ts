import { HOUR, MINUTE, SECOND } from '#lib/time.ts'
import { type ClaimedWork, finish, postpone } from './claim.ts'
import type { WorkerContext } from './parts.ts'

/** Waits between tries of a message; after the last one it is given up and shown as failed. */
const DELAYS_MS = [10 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR]

/** Sends one message. Its row stays until the sending is settled, so that a crash repeats it with the same id. */
export async function runMessage({ parts, ports, lease }: WorkerContext, work: ClaimedWork): Promise<void> {
  const message_id = String(work.payload.message_id)
  if (!lease.held()) return
  const delivery = await ports.deliver(message_id)
  if (delivery.ok) return finish(parts.sql, work, lease.owner)
  const delay = delivery.retry ? DELAYS_MS[work.tries] : undefined
  if (delay === undefined) {
    await parts.sql`update messages set status = 'failed', error = ${delivery.error} where id = ${message_id} and status = 'queued'`
    return finish(parts.sql, work, lease.owner)
  }
  await postpone(parts.sql, work, lease.owner, new Date(parts.clock.now().getTime() + delay), delivery.error)
}
