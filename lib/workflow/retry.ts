import { goOn } from './begin.ts'
import type { RunEvent } from './events.ts'
import { forkOf, nameInFork, ROOT } from './paths.ts'
import type { Place } from './state.ts'
import type { Refusal } from './transition.ts'
import { emit, patch, patchScope, type Turn } from './turn.ts'

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
  patch(turn, { epoch: turn.state.epoch + 1, taken: 0, status: 'queued', error: null, stopped_at: null })
  emit(turn, { type: 'run.reopened', from: event.from ?? first.step, inputs: event.inputs })
  for (const path of Object.keys(turn.state.scopes)) patchScope(turn, path, { visits: {}, feedback: {}, reopened: {} })
  if (event.hold) patch(turn, { begins_at: places })
  else goOn(turn, places)
  return null
}

/** Where each scope begins again; null when the step is none, or none that can be reached from where the run stands. */
function placesFrom(turn: Turn, from: string | null): readonly Place[] | null {
  const { definition } = turn.program
  const stopped = stoppedScopes(turn)
  // One that was canceled in the queue stood nowhere yet.
  const first = turn.state.begins_at ?? [{ path: ROOT, step: turn.state.stopped_at ?? definition.start }]
  if (from === null) return stopped.length > 0 ? stopped : first
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
