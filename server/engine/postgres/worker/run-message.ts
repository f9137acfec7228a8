import { HOUR, MINUTE, SECOND } from '#lib/time.ts'
import { type ClaimedWork, finish, giveBack, postpone } from './claim.ts'
import type { WorkerContext } from './parts.ts'
import { type Sending, sendingOf } from './sending.ts'

/** Waits between tries of a message; after the last one it is given up and shown as failed. */
const DELAYS_MS = [10 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR]

/** Sends one message. Its row stays until the sending is settled, so that a crash repeats it with the same id. */
export async function runMessage(context: WorkerContext, work: ClaimedWork): Promise<void> {
  const { parts, lease } = context
  const message_id = String(work.payload.message_id)
  // Paused past its lease: where nobody took over meanwhile, the row would be held for good.
  if (!lease.held()) return giveBack(parts.sql, work, lease.owner)
  const sending = sendingOf(context, work, message_id)
  const delivery = await deliver(context, message_id, sending)
  if (delivery === null) return giveBack(parts.sql, work, lease.owner)
  if (delivery.ok) return finish(parts.sql, work, lease.owner)
  if (!delivery.unanswered) await sending.undo()
  const delay = delivery.retry ? DELAYS_MS[work.tries] : undefined
  if (delay === undefined) return giveUp(context, work, message_id, delivery.error)
  await postpone(parts.sql, work, lease.owner, new Date(parts.clock.now().getTime() + delay), delivery.error)
}

/** null: it was held back, because it is no longer this worker's. */
async function deliver({ ports }: WorkerContext, message_id: string, sending: Sending) {
  try {
    return await ports.deliver(message_id, sending.sent)
  } catch (error) {
    if (sending.withheld()) return null
    throw error
  }
}

/** One statement: whoever lost the row says nothing of the message, and what failed is not tried again. */
async function giveUp({ parts, lease }: WorkerContext, work: ClaimedWork, message_id: string, error: string) {
  await parts.sql`
    with done as (delete from work where id = ${work.id} and fence = ${work.fence} and owner = ${lease.owner} returning 1)
    update messages set status = 'failed', error = ${error} from done where messages.id = ${message_id} and status = 'queued'`
}
