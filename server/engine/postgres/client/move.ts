import { setTimeout as sleep } from 'node:timers/promises'
import type { RunEvent } from '#lib/workflow/events.ts'
import { type Refusal, type Transition, transition } from '#lib/workflow/transition.ts'
import type { Call } from '../../port.ts'
import type { LoadedRun } from '../load.ts'
import type { EngineParts } from '../parts.ts'

/** How often a compare-and-set is tried again before we say that we are not ready: a run has few writers at a time. */
const TRIES = 60

export type Moved =
  | { readonly ok: true; readonly transition: Transition }
  | { readonly ok: false; readonly reason: 'not_found' }
  | { readonly ok: false; readonly reason: 'refused'; readonly refusal: Refusal; readonly run: LoadedRun }

/**
 * Reads the run, decides, writes; and again from the reading when somebody else was faster. `decide` sees the run as
 * it was read and may answer before anything is written.
 */
export async function move<A>(
  parts: EngineParts,
  call: Call,
  run_id: string,
  decide: (run: LoadedRun, at: string) => Promise<{ readonly event: RunEvent } | { readonly answer: A }>,
): Promise<Moved | { readonly ok: 'answered'; readonly answer: A }> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const run = await parts.loader.load(run_id)
    if (!run) return { ok: false, reason: 'not_found' }
    const at = parts.clock.now().toISOString()
    const decided = await decide(run, at)
    if ('answer' in decided) return { ok: 'answered', answer: decided.answer }
    const made = transition(run.program, run.state, run.data, decided.event)
    if (made.refused) return { ok: false, reason: 'refused', refusal: made.refused, run }
    const { written } = await parts.write({
      run_id,
      revision: run.revision,
      transition: made,
      at,
      request_id: run.request_id,
      audit: call.audit ? { call, intent: call.audit } : null,
      settles: null,
      claimFor: null,
      create: null,
      links: run.links,
    })
    if (written) return { ok: true, transition: made }
    await sleep(Math.min(attempt, 10) * Math.random())
  }
  throw new Error(`run ${run_id} changes too fast to be written`)
}
