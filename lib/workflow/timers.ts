import { expireApproval, expireForm } from './answers.ts'
import { nextAttempt } from './attempts.ts'
import type { Step } from './definition.ts'
import type { ActivityRef, StepError } from './events.ts'
import { attemptAgain, type Begun, complete, enter, fail, failRun, giveUp, plainError } from './flow.ts'
import { patchFork } from './forks.ts'
import { breakOff } from './join.ts'
import type { Cursor, TimerState } from './state.ts'
import type { Refusal } from './transition.ts'
import { command, disarm, dropTimer, effectKey, type Turn, wake } from './turn.ts'
import { remind } from './waits.ts'

/** A time has come. One that is early, or whose reason is gone, is refused. */
export function fireTimer(turn: Turn, key: string): Refusal | null {
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
  if (timer.path !== null && timer.wait === null) return fireStepTimer(turn, key, timer.path, timer.kind)
  const wait = timer.wait === null ? undefined : turn.state.waits[timer.wait]
  if (!wait) return 'timer_gone'
  if (timer.kind === 'reminder') {
    // After a downtime both may be due: nobody is reminded of what is over.
    if (wait.kind === 'approval' && !(wait.expires_at && turn.at >= wait.expires_at)) remind(turn, wait)
  } else if (wait.kind === 'approval') {
    expireApproval(turn, wait)
  } else {
    expireForm(turn, wait)
  }
  return null
}

/** A time that belongs to the step a scope stands at: the next attempt, the end of a delay, the end of its patience. */
function fireStepTimer(turn: Turn, key: string, path: string, kind: TimerState['kind']): Refusal | null {
  const cursor = turn.state.scopes[path]?.cursor
  const step = cursor && 'step' in cursor ? turn.program.step(cursor.step) : undefined
  if (!cursor || !step || !('visit' in cursor)) return 'timer_gone'
  const ref = { path, step: step.id, visit: cursor.visit, attempt: 1, epoch: turn.state.epoch }
  if (kind === 'backoff') {
    if (cursor.at !== 'backoff' || cursor.timer !== key) return 'timer_gone'
    attemptAgain(turn, { ...ref, attempt: cursor.attempt }, step)
    return null
  }
  wake(turn)
  if (kind === 'delay') {
    if (cursor.at !== 'sleeping' || cursor.timer !== key) return 'timer_gone'
    complete(turn, ref, step, {})
    enter(turn, path, step.next)
    return null
  }
  timeOut(turn, ref, step, cursor)
  return null
}

/** A step, with all its attempts or all inside it, took longer than it may. */
function timeOut(turn: Turn, ref: ActivityRef, step: Step, cursor: Cursor): void {
  const late = tooLate(step)
  if (cursor.at === 'forked') {
    const { fork } = cursor
    patchFork(turn, ref.path, { failed: fork.total, error: { ...late, step: step.id } })
    breakOff(turn, ref, step, fork, late)
    return
  }
  const followed =
    cursor.at === 'backoff'
      ? endBetweenAttempts(turn, ref, step, cursor)
      : endAttempt(turn, { ...ref, attempt: 'attempt' in cursor ? cursor.attempt : 1 }, step, cursor)
  if (followed !== 'stay') enter(turn, ref.path, followed.next)
}

function endAttempt(turn: Turn, activity: ActivityRef, step: Step, cursor: Cursor): Begun {
  if (cursor.at === 'calling') command(turn, { do: 'hang_up', activity, key: effectKey(turn, activity) })
  return fail(turn, activity, step, tooLate(step))
}

/** The attempt before has ended and was told, the next has not begun: none of them is what took too long. */
function endBetweenAttempts(
  turn: Turn,
  ref: ActivityRef,
  step: Step,
  { attempt, timer }: Extract<Cursor, { at: 'backoff' }>,
): Begun {
  const late = tooLate(step)
  // Where a timeout is tried again the next one comes all the same, with a time of its own.
  const before = { attempt: attempt - 1, key: effectKey(turn, ref) }
  if (nextAttempt(turn.program, step, late, before) !== null) return 'stay'
  disarm(turn, timer)
  return giveUp(turn, ref, step, late)
}

function tooLate(step: Step): StepError {
  return plainError('step.timeout', `${step.name ?? step.id} took longer than its timeout.`)
}
