import type { RunEvent } from '#lib/workflow/events.ts'
import { isCurrent, transition } from '#lib/workflow/transition.ts'
import type { StepPayload } from '../advance.ts'
import type { LoadedRun } from '../load.ts'
import { attempt } from './attempt.ts'
import { type ClaimedWork, finish, giveBack } from './claim.ts'
import { effectOf, sentBefore } from './effects.ts'
import type { WorkerContext } from './parts.ts'
import { isHeld } from './settle.ts'

type StepWork = Pick<ClaimedWork, 'id' | 'fence'> & { readonly run_id: string; readonly payload: StepPayload }

/**
 * Executes a step and goes on with the run while it flows: the commit that settles a step claims the next one, and the
 * run's state stays in memory between them. No transaction is open while a step executes.
 */
export async function runStep(context: WorkerContext, work: StepWork): Promise<void> {
  const { parts } = context
  let held: StepWork | null = work
  let run = await parts.loader.load(work.run_id)
  while (held && run) {
    context.holding.set(work.id, held.id)
    const { activity } = held.payload
    if (!isCurrent(run.state, activity)) {
      // Canceled between the claim and the reading: nothing begins any more.
      await finish(parts.sql, held, context.lease.owner)
      return
    }
    const evidence = await sentBefore(context, held)
    const effect = effectOf(context, held)
    const event: RunEvent | null = evidence
      ? { type: 'effect.unknown', activity, evidence, at: parts.clock.now().toISOString() }
      : await attempt(context, run, held.payload, effect)
    if (event === null) {
      // Stopped or lease lost: whoever takes the row over repeats the attempt with the same key, or asks what became of it.
      await giveBack(parts.sql, held, context.lease.owner)
      return
    }
    const sent = evidence !== null || effect.begun()
    ;({ held, run } = await settle(context, held, run, { event, sent }))
  }
}

/** Writes what came of an attempt. On a conflict the run is read again: somebody else moved it meanwhile. */
async function settle(
  context: WorkerContext,
  held: StepWork,
  before: LoadedRun,
  { event, sent }: { readonly event: RunEvent; readonly sent: boolean },
): Promise<{ held: StepWork | null; run: LoadedRun | null }> {
  const { parts, lease } = context
  let run: LoadedRun | null = before
  while (run) {
    const made = transition(run.program, run.state, run.data, event)
    if (made.refused) {
      // The run no longer waits for this attempt, e.g. because it was canceled.
      await finish(parts.sql, held, lease.owner)
      return { held: null, run: null }
    }
    const { written, claimed } = await parts.write({
      run_id: run.id,
      revision: run.revision,
      transition: made,
      at: event.at,
      request_id: run.request_id,
      audit: null,
      settles: { id: held.id, fence: held.fence, owner: lease.owner },
      sent,
      claimFor: context.stop.aborted ? null : lease.owner,
      create: null,
      links: run.links,
    })
    if (written) {
      const next = claimed && { ...claimed, run_id: held.run_id }
      return { held: next, run: { ...run, revision: run.revision + 1, state: made.state, data: made.data } }
    }
    if (!(await isHeld(context, held))) return { held: null, run: null }
    run = await parts.loader.load(held.run_id)
  }
  return { held: null, run: null }
}
