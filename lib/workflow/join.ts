import { forkOutput } from './context.ts'
import type { Step } from './definition.ts'
import type { ActivityRef, StepError } from './events.ts'
import { complete, enter, fail, plainError } from './flow.ts'
import { canJoin, hasRoom, isJoined } from './fork-state.ts'
import { addScope, forkAt, patchFork } from './forks.ts'
import { innerPath } from './paths.ts'
import { dropUnder, settleUnder } from './settle.ts'
import { type ForkState, TERMINAL } from './state.ts'
import { scopeAt, type Turn } from './turn.ts'

/** Goes on with every fork in which something happened: begins what has room, joins what is done, gives up what cannot be. */
export function continueForks(turn: Turn): void {
  for (let path = turn.pending.shift(); path !== undefined; path = turn.pending.shift()) {
    // The scope may be gone: a fork around it ended meanwhile.
    if (TERMINAL.has(turn.state.status)) return
    if (turn.state.scopes[path]) continueFork(turn, path)
  }
}

function continueFork(turn: Turn, path: string): void {
  for (;;) {
    const open = openForkAt(turn, path)
    if (open === null) return
    const { fork, step, ref } = open
    if (fork.over) return
    if (isJoined(fork)) {
      join(turn, ref, step, fork)
      return
    }
    if (!canJoin(fork)) {
      breakOff(turn, ref, step, fork, plainError(...causeOf(fork)))
      return
    }
    if (!hasRoom(fork)) return
    beginNext(turn, path, step, fork)
    if (TERMINAL.has(turn.state.status)) return
  }
}

interface OpenFork {
  readonly fork: ForkState
  readonly step: Step
  readonly ref: ActivityRef
}

function openForkAt(turn: Turn, path: string): OpenFork | null {
  const { cursor } = scopeAt(turn, path)
  const fork = forkAt(turn, path)
  if (cursor.at !== 'forked' || fork === null) return null
  const step = turn.program.step(cursor.step)
  if (!step) throw new Error(`the definition lost step ${cursor.step}`)
  return { fork, step, ref: { path, step: step.id, visit: cursor.visit, attempt: 1, epoch: turn.state.epoch } }
}

function beginNext(turn: Turn, path: string, step: Step, fork: ForkState): void {
  const blocks = step.blocks ?? []
  const overItems = turn.data.forks[fork.scope] !== null
  const block = overItems ? blocks[0] : blocks[fork.begun]
  if (!block) throw new Error(`${step.id} has no block ${fork.begun}`)
  const inner = addScope(turn, path, fork, overItems ? fork.begun : block.name)
  enter(turn, inner, block.start)
}

function join(turn: Turn, ref: ActivityRef, step: Step, fork: ForkState): void {
  settleUnder(turn, fork.scope)
  const overItems = turn.data.forks[fork.scope] !== null
  // Those that ended well left no scope.
  const names = (step.blocks ?? [])
    .map(({ name }) => name)
    .filter((name) => turn.state.scopes[innerPath(fork.scope, name)] === undefined)
  const output = forkOutput(turn.data, fork.scope, overItems ? null : names)
  dropUnder(turn, fork.scope)
  complete(turn, ref, step, output, { joins: fork.scope })
  enter(turn, ref.path, step.next)
}

/** Ends a fork that cannot be joined any more. Its scopes keep their places, in case somebody retries the run. */
export function breakOff(turn: Turn, ref: ActivityRef, step: Step, fork: ForkState, error: StepError): void {
  settleUnder(turn, fork.scope)
  patchFork(turn, ref.path, { over: true })
  const followed = fail(turn, ref, step, error, null, fork.error?.step ?? step.id)
  if (followed === 'stay') return
  dropUnder(turn, fork.scope)
  enter(turn, ref.path, followed.next)
}

function causeOf({ error, total, needed }: ForkState): [string, string] {
  if (error !== null) return [error.code, error.message]
  return ['step.cannot_join', `Of ${total} branches ${needed} must end well, which is more than there are.`]
}
