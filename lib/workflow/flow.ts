import type { Json } from '../json.ts'
import { plus } from '../time.ts'
import { nextAttempt } from './attempts.ts'
import { forgetAhead, MAX_REOPENINGS, reopen, voidedApproval } from './bindings.ts'
import type { AnyStepType, CallStepType, PureStepType, TimerStepType } from './catalog.ts'
import { allSteps, type Step } from './definition.ts'
import type { ActivityRef, StepError, StepReport } from './events.ts'
import { ExpressionError } from './expressions/errors.ts'
import { evaluateExpression } from './expressions/evaluate.ts'
import { isTrue } from './expressions/truth.ts'
import { leave, openFork } from './forks.ts'
import { ROOT } from './paths.ts'
import { settleAll } from './settle.ts'
import type { RunError } from './state.ts'
import { renderValue } from './templates/render.ts'
import {
  arm,
  command,
  currentScope,
  disarm,
  effectKey,
  emit,
  patch,
  patchScope,
  scopeAt,
  setCursor,
  type Turn,
} from './turn.ts'
import { openWait } from './waits.ts'

/** A step may be entered this often in a run, and a run may take this many steps: jumps backwards end somewhere. */
export const MAX_VISITS = 25
export const MAX_STEPS = 10_000

/** Goes from step to step until something has to be awaited or the scope ends. Pure steps are decided on the way. */
export function enter(turn: Turn, path: string, target: string | null): void {
  let next: string | null = target
  // Asked again in the midst of a pass, which goes on from where it was.
  let reopened = false
  while (next !== null) {
    const step = turn.program.step(next)
    if (!step) {
      failRun(turn, { code: 'run.unknown_step', message: `There is no step ${next}.`, step: next })
      return
    }
    // Its place from now on: what fails as it is entered is where a retry goes on, not the step before it.
    setCursor(turn, path, { at: 'stopped', step: step.id })
    const voided = goesOut(turn, step) ? voidedApproval(turn, path) : null
    if (voided !== null) {
      if (reopen(turn, path, voided, step.id) > MAX_REOPENINGS) {
        failRun(turn, changedTooOften(voided))
        return
      }
      next = voided
      reopened = true
      continue
    }
    if (!reopened && scopeAt(turn, path).visits[step.id] !== undefined) forgetAhead(turn, path, step.id)
    reopened = false
    const entered = visit(turn, path, step)
    if (!entered) return
    const result = begin(turn, entered, step)
    if (result === 'stay') return
    next = result.next
  }
  endScope(turn, path)
}

/** Whether a step, or one inside it, acts on the world outside, rather than asking a model or people. */
function goesOut(turn: Turn, step: Step): boolean {
  return allSteps([step]).some((one) => {
    const type = turn.program.type(one)
    return type?.behavior === 'call' || (type?.behavior === 'effect' && type.source === 'call')
  })
}

function changedTooOften(step: string): RunError {
  const message = `What ${step} had approved was changed afterwards more than ${MAX_REOPENINGS} times. Let the steps that change it come before the approval.`
  return { code: 'approval.changed', message, step }
}

/** Counts the visit and names its first attempt; null when a limit ended the run. */
function visit(turn: Turn, path: string, step: Step): ActivityRef | null {
  const { visits } = scopeAt(turn, path)
  const count = (visits[step.id] ?? 0) + 1
  const taken = turn.state.taken + 1
  if (count > MAX_VISITS || taken > MAX_STEPS) {
    const message =
      count > MAX_VISITS
        ? `Step ${step.id} was entered more than ${MAX_VISITS} times. Check the jumps that lead back to it.`
        : `The run took more than ${MAX_STEPS} steps.`
    failRun(turn, { code: 'run.step_limit', message, step: step.id })
    return null
  }
  patch(turn, { taken })
  patchScope(turn, path, { visits: { ...visits, [step.id]: count } })
  return { path, step: step.id, visit: count, attempt: 1, epoch: turn.state.epoch }
}

export type Begun = 'stay' | { readonly next: string | null }

function begin(turn: Turn, ref: ActivityRef, step: Step): Begun {
  const type = turn.program.type(step)
  if (!type)
    return fail(turn, ref, step, plainError('step.type_unavailable', `This build has no step type ${step.type}.`))
  try {
    if (step.when !== null && !isTrue(evaluateExpression(step.when, currentScope(turn, ref.path)))) {
      emit(turn, { type: 'step.skipped', step_type: step.type, reason: step.when, ...ref })
      return { next: step.next }
    }
  } catch (error) {
    emit(turn, { type: 'step.started', step_type: step.type, ...ref })
    return fail(turn, ref, step, asStepError(error))
  }
  emit(turn, { type: 'step.started', step_type: step.type, ...ref })
  try {
    return act(turn, ref, step, type)
  } catch (error) {
    return fail(turn, ref, step, asStepError(error))
  }
}

/** What a step of this type does when the run comes to it. */
function act(turn: Turn, ref: ActivityRef, step: Step, type: AnyStepType): Begun {
  const scope = currentScope(turn, ref.path)
  switch (type.behavior) {
    case 'pure':
      return decide(turn, ref, step, type)
    case 'wait': {
      const trouble = openWait(turn, ref, step, type.open(step.config, scope, step))
      return trouble ? fail(turn, ref, step, trouble) : 'stay'
    }
    case 'timer':
      return sleep(turn, ref, step, type)
    case 'fork':
      openFork(turn, ref, step, type.fork(step.config, scope, step))
      armStepTimeout(turn, ref, step)
      return 'stay'
    case 'call':
      call(turn, ref, step, type)
      armStepTimeout(turn, ref, step)
      return 'stay'
    case 'effect':
      execute(turn, ref)
      return 'stay'
  }
}

function decide(turn: Turn, ref: ActivityRef, step: Step, type: PureStepType<unknown>): Begun {
  const { output, next } = type.decide(step.config, currentScope(turn, ref.path))
  complete(turn, ref, step, output)
  return { next: next === undefined ? step.next : next }
}

function sleep(turn: Turn, ref: ActivityRef, step: Step, type: TimerStepType<unknown>): Begun {
  const until = type.until(step.config, currentScope(turn, ref.path))
  if (until <= turn.at) {
    complete(turn, ref, step, {})
    return { next: step.next }
  }
  const timer = `delay:${effectKey(turn, ref)}`
  emit(turn, { type: 'step.sleeping', step_type: step.type, until, ...ref })
  setCursor(turn, ref.path, { at: 'sleeping', step: ref.step, visit: ref.visit, timer })
  arm(turn, timer, { kind: 'delay', due: until, wait: null, path: ref.path })
  return 'stay'
}

function call(turn: Turn, ref: ActivityRef, step: Step, type: CallStepType<unknown>): void {
  const { workflow, inputs } = type.call(step.config, currentScope(turn, ref.path))
  setCursor(turn, ref.path, { at: 'calling', step: ref.step, visit: ref.visit, attempt: ref.attempt })
  command(turn, { do: 'call', activity: ref, key: effectKey(turn, ref), workflow, inputs })
}

/** The next attempt of a step that was entered before. */
export function attemptAgain(turn: Turn, ref: ActivityRef, step: Step): void {
  emit(turn, { type: 'step.started', step_type: step.type, ...ref })
  const type = turn.program.type(step)
  if (type?.behavior !== 'call') {
    execute(turn, ref)
    return
  }
  call(turn, ref, step, type)
  armStepTimeout(turn, ref, step)
}

export function execute(turn: Turn, ref: ActivityRef, sentAs?: string): void {
  const { path, step, visit, attempt } = ref
  setCursor(turn, path, { at: 'executing', step, visit, attempt })
  const again = sentAs === undefined ? {} : { sent_as: sentAs }
  command(turn, { do: 'execute', activity: ref, key: effectKey(turn, ref), ...again })
}

/** The name of the timer that ends a step, with its attempts and all inside it. */
function timeoutKey(turn: Turn, ref: ActivityRef): string {
  return `timeout:${effectKey(turn, ref)}`
}

/** Its time counts over all attempts; one that follows because it was over has the whole of it again. */
export function armStepTimeout(turn: Turn, ref: ActivityRef, step: Step): void {
  const key = timeoutKey(turn, ref)
  if (step.timeout_ms === null || turn.state.timers[key]) return
  arm(turn, key, {
    kind: 'step_timeout',
    due: plus(turn.at, step.timeout_ms),
    wait: null,
    path: ref.path,
  })
}

/** Records a step's output. Where the run goes next is the caller's to say. */
export function complete(
  turn: Turn,
  ref: ActivityRef,
  step: Step,
  output: Json,
  { report = null, joins }: { readonly report?: StepReport | null; readonly joins?: string } = {},
): void {
  disarm(turn, timeoutKey(turn, ref))
  const source = turn.program.type(step)?.source ?? 'call'
  const joined = joins === undefined ? {} : { joins }
  emit(turn, { type: 'step.completed', step_type: step.type, output, source, report, ...joined, ...ref })
}

/** Records a failed attempt, and either arms the next one, follows `on_error` or fails the run. */
export function fail(
  turn: Turn,
  ref: ActivityRef,
  step: Step,
  error: StepError,
  report: StepReport | null = null,
  /** Where it really happened, for a step that failed by one inside it. */
  origin: string = step.id,
): Begun {
  const key = effectKey(turn, ref)
  const delay = nextAttempt(turn.program, step, error, { attempt: ref.attempt, key })
  if (delay !== null) {
    const due = plus(turn.at, delay)
    const timer = `backoff:${key}:${ref.attempt}`
    emit(turn, { type: 'step.failed', step_type: step.type, error, report, retry_at: due, ...ref })
    setCursor(turn, ref.path, { at: 'backoff', step: ref.step, visit: ref.visit, attempt: ref.attempt + 1, timer })
    arm(turn, timer, { kind: 'backoff', due, wait: null, path: ref.path })
    return 'stay'
  }
  emit(turn, { type: 'step.failed', step_type: step.type, error, report, retry_at: null, ...ref })
  return giveUp(turn, ref, step, error, origin)
}

/** No attempt follows any more: on to `on_error`, or the scope fails. */
export function giveUp(turn: Turn, ref: ActivityRef, step: Step, error: StepError, origin: string = step.id): Begun {
  disarm(turn, timeoutKey(turn, ref))
  if (step.on_error !== null) return { next: step.on_error }
  failScope(turn, ref.path, { code: error.code, message: error.message, step: origin })
  return 'stay'
}

/** A scope cannot go on: the run fails, or inside a fork this one branch or item. */
export function failScope(turn: Turn, path: string, error: RunError): void {
  const { cursor } = scopeAt(turn, path)
  if (cursor.at !== 'forked' && 'step' in cursor) setCursor(turn, path, { at: 'stopped', step: cursor.step })
  if (path === ROOT) failRun(turn, error)
  else leave(turn, path, error)
}

function endScope(turn: Turn, path: string): void {
  setCursor(turn, path, { at: 'end' })
  if (path !== ROOT) {
    leave(turn, path, null)
    return
  }
  const { outputs } = turn.program.definition
  try {
    const rendered = outputs === null ? null : renderValue(outputs, currentScope(turn, ROOT))
    settleAll(turn)
    emit(turn, { type: 'run.completed', outputs: rendered })
    patch(turn, { status: 'completed' })
  } catch (error) {
    const { code, message } = asStepError(error)
    failRun(turn, { code, message: `The outputs cannot be rendered: ${message}`, step: null })
  }
}

export function failRun(turn: Turn, error: RunError): void {
  settleAll(turn)
  emit(turn, { type: 'run.failed', error })
  patch(turn, { status: 'failed', error, stopped_at: error.step })
}

export function plainError(code: string, message: string): StepError {
  return { code, message, retryable: false, retry_after_ms: null }
}

/** Errors of expressions and templates fail the step; anything else is a defect and must surface. */
function asStepError(error: unknown): StepError {
  if (error instanceof ExpressionError) return plainError(error.code, error.message)
  throw error
}
