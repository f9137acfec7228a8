import type { ActivityRef } from './events.ts'
import { forgetKept } from './kept-answers.ts'
import { isUnder } from './paths.ts'
import type { WaitState } from './state.ts'
import { command, disarm, dropWait, effectKey, emit, patch, setCursor, type Turn, typeOf } from './turn.ts'

/** Breaks off everything that is open: nothing follows a terminal event within an epoch. Each scope keeps its place for a retry. */
export function settleAll(turn: Turn): void {
  settle(turn, () => true)
  for (const timer of Object.keys(turn.state.timers)) disarm(turn, timer)
  forgetKept(turn)
}

/** Breaks off the scopes of a fork, and of the forks inside it. */
export function settleUnder(turn: Turn, fork: string): void {
  settle(turn, (path) => isUnder(path, fork))
}

/** Forgets the scopes of a fork: it is over, or begins anew. */
export function dropUnder(turn: Turn, fork: string): void {
  const kept = Object.entries(turn.state.scopes).filter(([path]) => !isUnder(path, fork))
  patch(turn, { scopes: Object.fromEntries(kept) })
}

function settle(turn: Turn, within: (path: string) => boolean): void {
  for (const wait of Object.values(turn.state.waits)) if (within(wait.path)) cancelWait(turn, wait)
  for (const [path, { cursor }] of Object.entries(turn.state.scopes)) {
    if (!within(path)) continue
    switch (cursor.at) {
      case 'executing':
      case 'calling':
      case 'unknown': {
        const ref = { path, ...cursor, epoch: turn.state.epoch }
        if (cursor.at !== 'unknown') giveUp(turn, cursor.at === 'calling' ? 'hang_up' : 'abandon', ref)
        canceled(turn, ref)
        break
      }
      case 'sleeping':
        canceled(turn, { path, ...cursor, attempt: 1, epoch: turn.state.epoch })
        break
      case 'forked':
        if (cursor.fork.over) break
        canceled(turn, { path, ...cursor, attempt: 1, epoch: turn.state.epoch })
        setCursor(turn, path, { ...cursor, fork: { ...cursor.fork, over: true } })
        break
    }
    // A fork keeps its count, so that a retry goes on inside it.
    if (cursor.at !== 'end' && cursor.at !== 'forked') setCursor(turn, path, { at: 'stopped', step: cursor.step })
  }
  for (const [key, { path }] of Object.entries(turn.state.timers)) if (path !== null && within(path)) disarm(turn, key)
}

function giveUp(turn: Turn, how: 'abandon' | 'hang_up', { path, step, visit, attempt, epoch }: ActivityRef): void {
  const activity = { path, step, visit, attempt, epoch }
  command(turn, { do: how, activity, key: effectKey(turn, activity) })
}

function cancelWait(turn: Turn, wait: WaitState): void {
  dropWait(turn, wait.key)
  emit(turn, { type: 'wait.closed', wait: wait.key, outcome: 'canceled', by: null })
  const { path, step, visit } = wait
  canceled(turn, { path, step, visit, attempt: 1, epoch: turn.state.epoch })
  setCursor(turn, path, { at: 'stopped', step })
}

function canceled(turn: Turn, { path, step, visit, attempt, epoch }: ActivityRef): void {
  emit(turn, { type: 'step.canceled', step_type: typeOf(turn, step), path, step, visit, attempt, epoch })
}
