import { retrying } from '#server/db/retrying.ts'
import type { ClaimedWork } from './claim.ts'
import { EffectNotKept } from './effects.ts'
import type { WorkerContext } from './parts.ts'

/** A mail on its way to a sender that would take it twice, as far as the worker that holds its work row knows. */
export interface Sending {
  /** Keeps that it is about to go out, in a commit of its own. Rejects when it must not. */
  sent(): Promise<void>
  /** Whether it did not go out although that was asked for: the work row was taken over, or the mail is sent already. */
  withheld(): boolean
  /** It is known after all that it did not go out. */
  undo(): Promise<void>
}

/**
 * Without the mark a mail is known not to have gone. A mark that an earlier claim left says that it may have: unlike the
 * effect of a step it is sent again, with the same Message-ID, because a mail that comes twice is better than none; and
 * that is counted in the commit that precedes it.
 */
export function sendingOf(
  { parts, lease }: Pick<WorkerContext, 'parts' | 'lease'>,
  { id, fence }: Pick<ClaimedWork, 'id' | 'fence'>,
  message_id: string,
): Sending {
  let marked = false
  let withheld = false
  return {
    withheld: () => withheld,
    async sent() {
      withheld = true
      // The lock holds off whoever takes the row over. By the fence, a repeat of the statement itself counts nothing.
      const rows = await retrying(
        () => parts.sql`
          with held as (select fence from work where id = ${id} and fence = ${fence} and owner = ${lease.owner} for share)
          update messages set sending = held.fence, repeats = repeats + (sending is not null and sending <> held.fence)::int
          from held where messages.id = ${message_id} and status = 'queued' returning 1`,
      ).catch((error: unknown) => {
        withheld = false
        throw new EffectNotKept(`that the mail ${message_id} is about to go out`, { cause: error })
      })
      marked = rows.length > 0
      // Time has passed: a worker that was paused meanwhile sends nothing either.
      withheld = !marked || !lease.held()
      if (withheld) throw new Error(`the mail ${message_id} is no longer this worker's`)
    },
    async undo() {
      if (marked) await parts.sql`update messages set sending = null where id = ${message_id} and sending = ${fence}`
    },
  }
}
