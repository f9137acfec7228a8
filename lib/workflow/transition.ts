import { plus } from '../time.ts'
import { decideApproval, expireApproval, expireForm, reassign, submitForm } from './answers.ts'
import type { Command } from './commands.ts'
import type { RunData } from './data.ts'
import type { ActivityRef, HistoryEvent, RunEvent } from './events.ts'
import { complete, enter, execute, fail, failRun, settleAll } from './flow.ts'
import type { Program } from './program.ts'
import { type RunState, TERMINAL } from './state.ts'
import { arm, beginTurn, dropTimer, emit, patch, patchScope, scopeAt, type Turn } from './turn.ts'
import { remind } from './waits.ts'

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
    scopes: {
      root: { kind: 'root', parent: null, cursor: { at: 'end' }, visits: {}, feedback: {}, bindings: {}, reopened: {} },
    },
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
      return start(turn)
    case 'step.succeeded':
    case 'step.failed':
      return settleActivity(turn, event)
    case 'form.submitted':
      return submitForm(turn, event)
    case 'approval.decided':
      return decideApproval(turn, event)
    case 'approval.reassigned':
      return reassign(turn, event)
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

function start(turn: Turn): Refusal | null {
  if (turn.state.seq > 0) return 'wrong_state'
  emit(turn, { type: 'run.created' })
  emit(turn, { type: 'run.started' })
  patch(turn, { status: 'running' })
  armRunTimeout(turn)
  enter(turn, 'root', turn.program.definition.start)
  return null
}

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

function settleActivity(
  turn: Turn,
  event: Extract<RunEvent, { type: 'step.succeeded' | 'step.failed' }>,
): Refusal | null {
  const { activity } = event
  const step = turn.program.step(activity.step)
  if (!step || !isCurrent(turn.state, activity)) return 'stale'
  if (event.type === 'step.failed') {
    const followed = fail(turn, activity, step, event.error, event.result)
    if (followed !== 'stay') enter(turn, activity.path, followed.next)
    return null
  }
  const { output, ...report } = event.result
  patchScope(turn, activity.path, { feedback: without(turn.state.scopes[activity.path]?.feedback ?? {}, step.id) })
  complete(turn, activity, step, output, report)
  enter(turn, activity.path, step.next)
  return null
}

/** Whether a run still waits for exactly this attempt. */
export function isCurrent(state: RunState, ref: ActivityRef): boolean {
  const cursor = state.scopes[ref.path]?.cursor
  return (
    cursor?.at === 'executing' &&
    cursor.step === ref.step &&
    cursor.visit === ref.visit &&
    cursor.attempt === ref.attempt &&
    state.epoch === ref.epoch
  )
}

function fireTimer(turn: Turn, key: string): Refusal | null {
  const timer = turn.state.timers[key]
  if (!timer) return 'timer_gone'
  if (turn.at < timer.due) return 'timer_early'
  dropTimer(turn, key)
  if (timer.kind === 'run_timeout') {
    const limit = turn.program.definition.limits.timeout_ms ?? 0
    failRun(turn, {
      code: 'run.timeout',
      message: `The run took longer than its limit of ${Math.round(limit / 1000)} s.`,
      step: null,
    })
    return null
  }
  if (timer.kind === 'backoff') return resume(turn, key)
  const wait = timer.wait === null ? undefined : turn.state.waits[timer.wait]
  if (!wait) return 'timer_gone'
  if (timer.kind === 'reminder') {
    if (wait.kind === 'approval') remind(turn, wait)
  } else if (wait.kind === 'approval') {
    expireApproval(turn, wait)
  } else {
    expireForm(turn, wait)
  }
  return null
}

/** The next attempt after a back-off. */
function resume(turn: Turn, timer: string): Refusal | null {
  for (const [path, { cursor }] of Object.entries(turn.state.scopes)) {
    if (cursor.at !== 'backoff' || cursor.timer !== timer) continue
    const { step, visit, attempt } = cursor
    const ref = { path, step, visit, attempt, epoch: turn.state.epoch }
    emit(turn, { type: 'step.started', step_type: turn.program.step(step)?.type ?? 'unknown', ...ref })
    execute(turn, ref)
    return null
  }
  return 'timer_gone'
}

/** The step a run is at: a retry of a canceled one begins there. */
function standsAt(turn: Turn): string | null {
  const { cursor } = scopeAt(turn, 'root')
  return cursor.at === 'end' ? null : cursor.step
}

/** Good steps and decisions are kept: only where the run goes on is new. */
function retry(turn: Turn, event: Extract<RunEvent, { type: 'retry' }>): Refusal | null {
  if (turn.state.status !== 'failed' && turn.state.status !== 'canceled') return 'wrong_state'
  const from = event.from ?? turn.state.stopped_at ?? turn.program.definition.start
  if (!turn.program.step(from)) return 'unknown_step'
  patch(turn, { epoch: turn.state.epoch + 1, taken: 0, status: 'running', error: null, stopped_at: null })
  patchScope(turn, 'root', { visits: {}, feedback: {}, reopened: {} })
  emit(turn, { type: 'run.reopened', from, inputs: event.inputs })
  armRunTimeout(turn)
  enter(turn, 'root', from)
  return null
}

/** After the move: a run whose every scope waits is waiting, and says so once. */
function settleStatus(turn: Turn): void {
  if (TERMINAL.has(turn.state.status)) return
  const waits = Object.values(turn.state.waits)
  const idle = Object.values(turn.state.scopes).every(({ cursor }) => cursor.at === 'waiting' || cursor.at === 'end')
  if (idle && waits.length > 0) {
    if (turn.state.status !== 'waiting') emit(turn, { type: 'run.waiting', current_step: oldest(waits).step })
    patch(turn, { status: 'waiting' })
    return
  }
  patch(turn, { status: 'running' })
}

function oldest<W extends { readonly opened_at: string }>(waits: readonly W[]): W {
  return waits.reduce((a, b) => (b.opened_at < a.opened_at ? b : a))
}

function without(record: Readonly<Record<string, string>>, key: string): Readonly<Record<string, string>> {
  const { [key]: _gone, ...rest } = record
  return rest
}
