import { transition } from '#lib/workflow/transition.ts'
import { type ClaimedWork, finish, postpone } from './claim.ts'
import type { WorkerContext } from './parts.ts'
import { isHeld } from './settle.ts'

/** Fires a timer that is due. One whose reason is gone is removed; one that is early by the run's own record waits on. */
export async function runTimer({ parts, lease }: WorkerContext, work: ClaimedWork): Promise<void> {
  const key = String(work.payload.timer)
  for (;;) {
    const run = work.run_id === null ? null : await parts.loader.load(work.run_id)
    if (!run) return finish(parts.sql, work, lease.owner)
    const at = parts.clock.now().toISOString()
    const made = transition(run.program, run.state, run.data, { type: 'timer.fired', timer: key, at })
    if (made.refused === 'timer_early') {
      const due = run.state.timers[key]?.due ?? at
      return postpone(parts.sql, work, lease.owner, new Date(due), 'claimed before it was due')
    }
    if (made.refused) return finish(parts.sql, work, lease.owner)
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
    if (written) return
    if (!(await isHeld({ parts, lease }, work))) return
  }
}
