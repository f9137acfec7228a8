import { decideApproval, reassign, submitForm } from './answers.ts'
import { admit, start } from './begin.ts'
import type { Command } from './commands.ts'
import { currentStep } from './current-step.ts'
import type { RunData } from './data.ts'
import { keepEarly, takeEarly } from './early.ts'
import { resolveEffect, unknownEffect } from './effects.ts'
import type { ActivityRef, HistoryEvent, RunEvent } from './events.ts'
import { complete, enter, fail } from './flow.ts'
import { emptyScope } from './forks.ts'
import { continueForks } from './join.ts'
import { ROOT } from './paths.ts'
import type { Program } from './program.ts'
import { retry } from './retry.ts'
import { settleAll } from './settle.ts'
import { type Cursor, type RunState, TERMINAL } from './state.ts'
import { fireTimer } from './timers.ts'
import { beginTurn, emit, patch, patchScope, scopeAt, type Turn, wake } from './turn.ts'

/**
 * The core: given where a run stands and what happened, says where it stands now, what its history gained, and what
 * its host must do. It executes nothing, reads no clock and draws no number, so every engine and the editor share it.
 *
 * Invariants (README.md in this folder):
 * 1. `state.seq` counts the history without a gap; each visit of a step completes at most once.
 * 2. Nothing follows a terminal event within an epoch; at it no wait, timer or activity is left.
 * 3. An event that does not belong to the present (a stale attempt, a closed wait, a timer that is gone) is refused and
 *    changes nothing.
 * 4. A timer that is not due is refused: none fires early.
 */
export function transition(program: Program, state: RunState, data: RunData, event: RunEvent): Transition {
  const turn = beginTurn(program, state, data, event.at)
  const refusal = handle(turn, event)
  if (refusal) return { state, data, events: [], commands: [], refused: refusal }
  do continueForks(turn)
  while (takeEarly(turn))
  settleStatus(turn)
  return { state: turn.state, data: turn.data, events: turn.events, commands: turn.commands, refused: null }
}

export interface Transition {
  readonly state: RunState
  /** The data with what the events added. */
  readonly data: RunData
  readonly events: readonly HistoryEvent[]
  readonly commands: readonly Command[]
  /** Set when the event does not apply; then nothing changed. */
  readonly refused: Refusal | null
}

export type Refusal =
  | 'run_over'
  | 'stale'
  | 'wait_closed'
  | 'wait_open'
  | 'many_waits'
  | 'not_approver'
  | 'not_your_turn'
  | 'decided'
  | 'choice_not_offered'
  | 'self_approval'
  | 'already_asked'
  | 'timer_gone'
  | 'timer_early'
  | 'wrong_state'
  | 'unknown_step'

/** Where every run begins: nothing has happened. */
export function initialState(): RunState {
  return {
    v: 1,
    status: 'queued',
    epoch: 0,
    seq: 0,
    taken: 0,
    scopes: { [ROOT]: emptyScope() },
    waits: {},
    timers: {},
    error: null,
    stopped_at: null,
  }
}

function handle(turn: Turn, event: RunEvent): Refusal | null {
  if (event.type === 'retry') return retry(turn, event)
  if (TERMINAL.has(turn.state.status)) return 'run_over'
  switch (event.type) {
    case 'start':
      return start(turn, event)
    case 'admit':
      return admit(turn)
    case 'step.succeeded':
    case 'step.failed':
      return settleActivity(turn, event)
    case 'form.submitted':
      return submitForm(turn, event)
    case 'approval.decided':
      return decideApproval(turn, event)
    case 'approval.reassigned':
      return reassign(turn, event)
    case 'answer.early':
      return keepEarly(turn, event)
    case 'effect.unknown':
      return unknownEffect(turn, event)
    case 'effect.resolved':
      return resolveEffect(turn, event)
    case 'timer.fired':
      return fireTimer(turn, event.timer)
    case 'cancel':
      patch(turn, { stopped_at: standsAt(turn) })
      settleAll(turn)
      emit(turn, { type: 'run.canceled', reason: event.reason })
      patch(turn, { status: 'canceled' })
      return null
  }
}

function settleActivity(
  turn: Turn,
  event: Extract<RunEvent, { type: 'step.succeeded' | 'step.failed' }>,
): Refusal | null {
  const { activity } = event
  const step = turn.program.step(activity.step)
  if (!step || !isCurrent(turn.state, activity)) return 'stale'
  if (event.type === 'step.failed') {
    if (turn.state.scopes[activity.path]?.cursor.at === 'calling') wake(turn)
    const followed = fail(turn, activity, step, event.error, event.result)
    if (followed !== 'stay') enter(turn, activity.path, followed.next)
    return null
  }
  const { output, ...report } = event.result
  patchScope(turn, activity.path, { feedback: without(turn.state.scopes[activity.path]?.feedback ?? {}, step.id) })
  if (turn.state.scopes[activity.path]?.cursor.at === 'calling') wake(turn)
  complete(turn, activity, step, output, { report })
  enter(turn, activity.path, step.next)
  return null
}

/** Whether a run still waits for exactly this attempt. */
export function isCurrent(state: RunState, ref: ActivityRef): boolean {
  const cursor = state.scopes[ref.path]?.cursor
  return (
    (cursor?.at === 'executing' || cursor?.at === 'calling') &&
    cursor.step === ref.step &&
    cursor.visit === ref.visit &&
    cursor.attempt === ref.attempt &&
    state.epoch === ref.epoch
  )
}

/** The step a run is at: a retry of a canceled one begins there. */
function standsAt(turn: Turn): string | null {
  const { cursor } = scopeAt(turn, ROOT)
  return cursor.at === 'end' ? null : cursor.step
}

/** After the move: a run whose every scope waits is waiting, and says so once. */
function settleStatus(turn: Turn): void {
  if (TERMINAL.has(turn.state.status) || turn.state.status === 'queued') return
  const cursors = Object.values(turn.state.scopes).map(({ cursor }) => cursor)
  const resting = cursors.find(({ at }) => RESTING.has(at))
  if (resting === undefined || cursors.some(({ at }) => at === 'executing' || at === 'backoff')) {
    patch(turn, { status: 'running' })
    return
  }
  if (turn.state.status !== 'waiting') emit(turn, { type: 'run.waiting', current_step: currentStep(turn.state) ?? '' })
  patch(turn, { status: 'waiting' })
}

/** Where a scope stands while nothing of ours is under way: for people, for a time, for another run. */
const RESTING: ReadonlySet<Cursor['at']> = new Set(['waiting', 'sleeping', 'calling', 'unknown'])

function without(record: Readonly<Record<string, string>>, key: string): Readonly<Record<string, string>> {
  const { [key]: _gone, ...rest } = record
  return rest
}
