import { plus } from '../time.ts'
import type { RunEvent } from './events.ts'
import { armStepTimeout, enter } from './flow.ts'
import { patchFork } from './forks.ts'
import { forkOf, isUnder, nameInFork, ROOT } from './paths.ts'
import { TERMINAL } from './state.ts'
import type { Refusal } from './transition.ts'
import { arm, emit, patch, patchScope, type Turn } from './turn.ts'

/**
 * Begins the next epoch of a failed or canceled run. Good steps and decisions are kept: only where the run goes on is
 * new. Without a step it goes on in every scope where it stood; from a step of the root everything inside forks begins
 * anew; from a step inside a fork that scope begins there, the others where they stood.
 */
export function retry(turn: Turn, event: Extract<RunEvent, { type: 'retry' }>): Refusal | null {
  if (turn.state.status !== 'failed' && turn.state.status !== 'canceled') return 'wrong_state'
  const places = placesFrom(turn, event.from)
  if (places === null) return 'unknown_step'
  const [first] = places
  if (!first) return 'unknown_step'
  patch(turn, { epoch: turn.state.epoch + 1, taken: 0, status: 'running', error: null, stopped_at: null })
  emit(turn, { type: 'run.reopened', from: event.from ?? first.step, inputs: event.inputs })
  armRunTimeout(turn)
  for (const [path, { cursor }] of Object.entries(turn.state.scopes)) {
    patchScope(turn, path, { visits: {}, feedback: {}, reopened: {} })
    // What stands under a place begins anew with it.
    if (cursor.at === 'forked' && !places.some((p) => p.path === path || isUnder(path, p.path))) reopenFork(turn, path)
  }
  for (const { path, step } of places) {
    // One that failed at once ended them all.
    if (TERMINAL.has(turn.state.status)) return null
    dropInner(turn, path)
    enter(turn, path, step)
  }
  return null
}

interface Place {
  readonly path: string
  readonly step: string
}

/** Where each scope begins again; null when the step is none, or none that can be reached from where the run stands. */
function placesFrom(turn: Turn, from: string | null): readonly Place[] | null {
  const { definition } = turn.program
  const stopped = stoppedScopes(turn)
  if (from === null)
    return stopped.length > 0 ? stopped : [{ path: ROOT, step: turn.state.stopped_at ?? definition.start }]
  if (!turn.program.step(from)) return null
  if (definition.steps.some((step) => step.id === from)) return [{ path: ROOT, step: from }]
  const holders = Object.keys(turn.state.scopes).filter((path) => blockSteps(turn, path).has(from))
  if (holders.length === 0) return null
  const others = stopped.filter(({ path }) => !holders.some((h) => h === path || path.startsWith(`${h}/`)))
  return [...holders.map((path) => ({ path, step: from })), ...others]
}

function stoppedScopes(turn: Turn): readonly Place[] {
  return Object.entries(turn.state.scopes).flatMap(([path, { cursor }]) =>
    cursor.at === 'stopped' ? [{ path, step: cursor.step }] : [],
  )
}

/** The ids of the steps that a scope goes through. */
function blockSteps(turn: Turn, path: string): ReadonlySet<string> {
  const fork = forkOf(path)
  if (fork === null) return new Set(turn.program.definition.steps.map(({ id }) => id))
  const parent = turn.program.step(fork.slice(fork.lastIndexOf('/') + 1, fork.lastIndexOf('@')))
  const name = nameInFork(path)
  const blocks = parent?.blocks ?? []
  const block = turn.data.forks[fork] ? blocks[0] : blocks.find((b) => b.name === name)
  return new Set(block?.steps.map(({ id }) => id))
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
export function armRunTimeout(turn: Turn): void {
  const { timeout_ms } = turn.program.definition.limits
  if (timeout_ms === null) return
  arm(turn, `run_timeout:${turn.state.epoch}`, {
    kind: 'run_timeout',
    due: plus(turn.at, timeout_ms),
    wait: null,
    path: null,
  })
}
