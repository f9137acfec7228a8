import { plus } from '../time.ts'
import type { RunEvent } from './events.ts'
import { armStepTimeout, enter } from './flow.ts'
import { patchFork } from './forks.ts'
import { isUnder, ROOT } from './paths.ts'
import { type Place, TERMINAL } from './state.ts'
import type { Refusal } from './transition.ts'
import { arm, emit, patch, patchScope, type Turn } from './turn.ts'

/** The run is there. It begins at once, or is held until it is admitted. */
export function start(turn: Turn, { hold = false, from }: Extract<RunEvent, { type: 'start' }>): Refusal | null {
  if (turn.state.seq > 0) return 'wrong_state'
  emit(turn, { type: 'run.created' })
  if (from !== undefined) patch(turn, { begins_at: [{ path: ROOT, step: from }] })
  return hold ? null : admit(turn)
}

/** A queued run begins, or goes on where somebody retried it. */
export function admit(turn: Turn): Refusal | null {
  const { status, seq, begins_at } = turn.state
  if (status !== 'queued' || seq === 0) return 'wrong_state'
  emit(turn, { type: 'run.started' })
  goOn(turn, begins_at ?? [{ path: ROOT, step: turn.program.definition.start }])
  return null
}

/** Sets the run going at these places. Its time counts from here: what it spent in the queue is not its own. */
export function goOn(turn: Turn, places: readonly Place[]): void {
  const { begins_at: _taken, ...state } = turn.state
  turn.state = { ...state, status: 'running' }
  armRunTimeout(turn)
  for (const [path, { cursor }] of Object.entries(turn.state.scopes)) {
    // What stands under a place begins anew with it.
    if (cursor.at === 'forked' && !places.some((p) => p.path === path || isUnder(path, p.path))) reopenFork(turn, path)
  }
  for (const { path, step } of places) {
    // One that failed at once ended them all.
    if (TERMINAL.has(turn.state.status)) return
    dropInner(turn, path)
    enter(turn, path, step)
  }
}

/** A fork that was broken off goes on: what failed in it counts as under way again. */
function reopenFork(turn: Turn, path: string): void {
  const cursor = turn.state.scopes[path]?.cursor
  const step = cursor?.at === 'forked' ? turn.program.step(cursor.step) : undefined
  if (cursor?.at !== 'forked' || !step) return
  patchFork(turn, path, { failed: 0, error: null, over: false })
  patchScope(turn, path, { visits: { [step.id]: cursor.visit } })
  const ref = { path, step: step.id, visit: cursor.visit, attempt: 1, epoch: turn.state.epoch }
  emit(turn, { type: 'step.started', step_type: step.type, ...ref })
  armStepTimeout(turn, ref, step)
  turn.pending.push(path)
}

/** Forgets what stands inside the scope's own fork: it is entered anew. */
function dropInner(turn: Turn, path: string): void {
  const kept = Object.entries(turn.state.scopes).filter(([other]) => !isUnder(other, path))
  patch(turn, { scopes: Object.fromEntries(kept) })
}

/** The limit on a whole run counts from its start, and anew from each retry. */
function armRunTimeout(turn: Turn): void {
  const { timeout_ms } = turn.program.definition.limits
  if (timeout_ms === null) return
  arm(turn, `run_timeout:${turn.state.epoch}`, {
    kind: 'run_timeout',
    due: plus(turn.at, timeout_ms),
    wait: null,
    path: null,
  })
}
