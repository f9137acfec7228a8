import { type ClaimedWork, finish, postpone } from './claim.ts'
import type { WorkerContext } from './parts.ts'
import { settleWork } from './settle.ts'

/** Fires a timer that is due. One whose reason is gone is removed; one that is early by the run's own record waits on. */
export function runTimer(context: WorkerContext, work: ClaimedWork): Promise<void> {
  const { parts, lease } = context
  const timer = String(work.payload.timer)
  return settleWork(
    context,
    work,
    (_run, at) => ({ type: 'timer.fired', timer, at }),
    async ({ state }, why) => {
      const due = state.timers[timer]?.due
      if (why !== 'timer_early' || due === undefined) return finish(parts.sql, work, lease.owner)
      return postpone(parts.sql, work, lease.owner, new Date(due), 'claimed before it was due')
    },
  )
}
