import type { JsonObject } from '#lib/json.ts'
import type { StepContext } from '#lib/steps/kit.ts'
import type { ActivityRef } from '#lib/workflow/events.ts'
import { retrying } from '#server/db/retrying.ts'
import { toStoredJson } from '../stored-json.ts'
import type { ClaimedWork } from './claim.ts'
import type { WorkerContext } from './parts.ts'

/** The effect of one attempt, as far as the worker that holds its work row knows. */
export interface Effect {
  /** Keeps that a request is about to be sent, in a commit of its own. Rejects when it must not be sent. */
  readonly sent: StepContext['sent']
  /** Whether a request was kept as sent: the settlement removes it. */
  begun(): boolean
  /** Whether nothing was sent although it was asked for: the work row was taken over, or its run canceled. */
  withheld(): boolean
}

interface Held extends Pick<ClaimedWork, 'id' | 'fence'> {
  readonly run_id: string
  readonly payload: { readonly activity: ActivityRef; readonly key: string }
}

/** The database could not be told that a request is about to be sent, so it was not. */
export class EffectNotKept extends Error {}

/**
 * The claim is the intent. Only what must not go out twice unasked is kept once more, just before its first byte: without
 * that row the effect is known not to have begun.
 */
export function effectOf({ parts, lease }: Pick<WorkerContext, 'parts' | 'lease'>, held: Held): Effect {
  let begun = false
  let withheld = false
  const { activity, key } = held.payload
  return {
    begun: () => begun,
    withheld: () => withheld,
    async sent(evidence) {
      const sent_at = parts.clock.now().toISOString()
      withheld = true
      // The lock holds off whoever takes the row over or cancels the run: they come before the request, or know of it.
      const rows = await retrying(
        () => parts.sql`
          insert into effects (work_id, run_id, step_id, path, attempt, key, worker, fence, sent_at, evidence)
          select id, run_id, ${activity.step}, ${activity.path}, ${activity.attempt}::int, ${key}, owner, fence,
                 ${sent_at}::timestamptz, ${toStoredJson(evidence)}::text::json
          from work where id = ${held.id} and fence = ${held.fence} and owner = ${lease.owner} for share
          on conflict (work_id) do update set sent_at = effects.sent_at where effects.fence = excluded.fence
          returning work_id`,
      ).catch((error: unknown) => {
        throw new EffectNotKept(`what ${activity.step} of ${held.run_id} is about to send`, { cause: error })
      })
      begun = rows.length > 0
      // Time has passed: a worker that was paused meanwhile sends nothing either.
      withheld = !begun || !lease.held()
      if (withheld) throw new Error(`the step ${activity.step} of ${held.run_id} is no longer this worker's`)
    },
  }
}

/** What an earlier holder of the row sent without settling it; null: it is known that nothing was. */
export async function sentBefore(
  { parts }: Pick<WorkerContext, 'parts'>,
  held: Pick<ClaimedWork, 'id' | 'fence'>,
): Promise<JsonObject | null> {
  // The first claim has nobody before it.
  if (held.fence <= 1) return null
  const [row] = await parts.sql<{ evidence: JsonObject; key: string; worker: string; sent_at: string }[]>`
    select evidence, key, worker, sent_at from effects where work_id = ${held.id}`
  if (!row) return null
  const { evidence, key, worker, sent_at } = row
  // Its own key wins, where the author gave it one.
  return { key, ...evidence, worker, sent_at: new Date(sent_at).toISOString() }
}
