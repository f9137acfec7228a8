import type { RunEvent } from '#lib/workflow/events.ts'
import { type Refusal, transition } from '#lib/workflow/transition.ts'
import type { LoadedRun } from '../load.ts'
import { type ClaimedWork, finish } from './claim.ts'
import type { WorkerContext } from './parts.ts'

/**
 * Applies what a work row leads to, and removes the row in the same commit; again from the reading when somebody else
 * moved the run. `decide` answers null where there is nothing left to do; an event that the run refuses is nothing to do
 * either, unless `refused` knows better.
 */
export async function settleWork(
  { parts, lease }: WorkerContext,
  work: ClaimedWork,
  decide: (run: LoadedRun, at: string) => RunEvent | null,
  refused: (run: LoadedRun, why: Refusal) => Promise<void> = () => finish(parts.sql, work, lease.owner),
): Promise<void> {
  for (;;) {
    const run = work.run_id === null ? null : await parts.loader.load(work.run_id)
    const at = parts.clock.now().toISOString()
    const event = run && decide(run, at)
    const made = run && event && transition(run.program, run.state, run.data, event)
    if (!run || !made) return finish(parts.sql, work, lease.owner)
    if (made.refused) return refused(run, made.refused)
    const { written } = await parts.write({
      run_id: run.id,
      revision: run.revision,
      transition: made,
      at,
      request_id: run.request_id,
      audit: null,
      settles: { id: work.id, fence: work.fence, owner: lease.owner },
      claimFor: null,
      create: null,
      links: run.links,
    })
    if (written || !(await isHeld({ parts, lease }, work))) return
  }
}

/** Tells a lost lease (write nothing any more) from a run that somebody else moved (look again). */
export async function isHeld(
  { parts, lease }: Pick<WorkerContext, 'parts' | 'lease'>,
  { id, fence }: Pick<ClaimedWork, 'id' | 'fence'>,
): Promise<boolean> {
  const rows = await parts.sql`select 1 from work where id = ${id} and fence = ${fence} and owner = ${lease.owner}`
  return rows.length > 0
}
