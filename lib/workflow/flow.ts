import type { Json, JsonObject } from '../json.ts'
import { plus } from '../time.ts'
import { MAX_REOPENINGS, reopen, voidedApproval } from './bindings.ts'
import type { EffectStepType, PureStepType } from './catalog.ts'
import type { RetryPolicy, Step } from './definition.ts'
import type { ActivityRef, StepError, StepReport } from './events.ts'
import { ExpressionError } from './expressions/errors.ts'
import { evaluateExpression } from './expressions/evaluate.ts'
import { isTrue } from './expressions/truth.ts'
import type { RunError, WaitState } from './state.ts'
import { renderValue } from './templates/render.ts'
import {
  arm,
  command,
  currentScope,
  disarm,
  dropWait,
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
  while (next !== null) {
    const step = turn.program.step(next)
    if (!step) {
      failRun(turn, { code: 'run.unknown_step', message: `There is no step ${next}.`, step: next })
      return
    }
    const voided = goesOut(turn, step) ? voidedApproval(turn, path) : null
    if (voided !== null) {
      if (reopen(turn, path, voided, step.id) > MAX_REOPENINGS) {
        failRun(turn, changedTooOften(voided))
        return
      }
      next = voided
      continue
    }
    const entered = visit(turn, path, step)
    if (!entered) return
    const result = begin(turn, entered, step)
    if (result === 'stay') return
    next = result.next
  }
  endScope(turn, path)
}

/** Whether a step acts on the world outside, rather than asking a model or people. */
function goesOut(turn: Turn, step: Step): boolean {
  const type = turn.program.type(step)
  return type?.behavior === 'effect' && type.source === 'call'
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

type Begun = 'stay' | { readonly next: string | null }

function begin(turn: Turn, ref: ActivityRef, step: Step): Begun {
  const type = turn.program.type(step)
  if (!type)
    return fail(turn, ref, step, plainError('step.type_unavailable', `This build has no step type ${step.type}.`))
  try {
    if (step.when !== null && !isTrue(evaluateExpression(step.when, currentScope(turn)))) {
      emit(turn, { type: 'step.skipped', step_type: step.type, reason: step.when, ...ref })
      return { next: step.next }
    }
  } catch (error) {
    emit(turn, { type: 'step.started', step_type: step.type, ...ref })
    return fail(turn, ref, step, asStepError(error))
  }
  emit(turn, { type: 'step.started', step_type: step.type, ...ref })
  try {
    if (type.behavior === 'pure') return decide(turn, ref, step, type)
    if (type.behavior === 'wait') {
      const trouble = openWait(turn, ref, step, type.open(step.config, currentScope(turn), step))
      return trouble ? fail(turn, ref, step, trouble) : 'stay'
    }
  } catch (error) {
    return fail(turn, ref, step, asStepError(error))
  }
  execute(turn, ref)
  return 'stay'
}

function decide(turn: Turn, ref: ActivityRef, step: Step, type: PureStepType<unknown>): Begun {
  const { output, next } = type.decide(step.config, currentScope(turn))
  complete(turn, ref, step, output, null)
  return { next: next === undefined ? step.next : next }
}

export function execute(turn: Turn, ref: ActivityRef): void {
  const { path, step, visit, attempt } = ref
  setCursor(turn, path, { at: 'executing', step, visit, attempt })
  command(turn, { do: 'execute', activity: ref, key: effectKey(turn, ref) })
}

/** Records a step's output. Where the run goes next is the caller's to say. */
export function complete(turn: Turn, ref: ActivityRef, step: Step, output: Json, report: StepReport | null): void {
  const source = turn.program.type(step)?.source ?? 'call'
  emit(turn, { type: 'step.completed', step_type: step.type, output, source, report, ...ref })
}

/** Records a failed attempt, and either arms the next one, follows `on_error` or fails the run. */
export function fail(
  turn: Turn,
  ref: ActivityRef,
  step: Step,
  error: StepError,
  report: StepReport | null = null,
): Begun {
  const policy = retryPolicy(turn, step)
  if (policy && mayRetry(policy, error, ref.attempt)) {
    const delay = Math.max(backoff(policy, ref.attempt, effectKey(turn, ref)), error.retry_after_ms ?? 0)
    const due = plus(turn.at, delay)
    const timer = `backoff:${effectKey(turn, ref)}:${ref.attempt}`
    emit(turn, { type: 'step.failed', step_type: step.type, error, report, retry_at: due, ...ref })
    setCursor(turn, ref.path, { at: 'backoff', step: ref.step, visit: ref.visit, attempt: ref.attempt + 1, timer })
    arm(turn, timer, { kind: 'backoff', due, wait: null, path: ref.path })
    return 'stay'
  }
  emit(turn, { type: 'step.failed', step_type: step.type, error, report, retry_at: null, ...ref })
  if (step.on_error !== null) return { next: step.on_error }
  setCursor(turn, ref.path, { at: 'end' })
  failRun(turn, { code: error.code, message: error.message, step: step.id })
  return 'stay'
}

function retryPolicy(turn: Turn, step: Step): RetryPolicy | null {
  const type = turn.program.type(step)
  // Only what reaches out can come out differently another time.
  if (type?.behavior !== 'effect') return null
  return step.retry ?? (type as EffectStepType<JsonObject>).retry(step.config)
}

function mayRetry(policy: RetryPolicy, error: StepError, attempt: number): boolean {
  if (attempt >= policy.max_attempts) return false
  return policy.on ? policy.on.includes(error.code) : error.retryable
}

/** Exponential, bounded, spread by a share that follows from the key: the same on every replay. */
export function backoff(policy: RetryPolicy, attempt: number, key: string): number {
  const base = Math.min(policy.interval_ms * policy.backoff_rate ** (attempt - 1), policy.max_delay_ms)
  return Math.round(base * (1 - policy.jitter * fraction(`${key}:${attempt}`)))
}

/** A number in [0, 1) drawn from a text (FNV-1a, 32 bits). */
function fraction(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0
  return hash / 2 ** 32
}

function endScope(turn: Turn, path: string): void {
  setCursor(turn, path, { at: 'end' })
  const { outputs } = turn.program.definition
  try {
    const rendered = outputs === null ? null : renderValue(outputs, currentScope(turn))
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

/** Ends everything that is still open: nothing follows a terminal event within an epoch. */
export function settleAll(turn: Turn): void {
  for (const wait of Object.values(turn.state.waits)) cancelWait(turn, wait)
  for (const [path, { cursor }] of Object.entries(turn.state.scopes)) {
    if (cursor.at !== 'executing' && cursor.at !== 'backoff') continue
    const ref = { path, step: cursor.step, visit: cursor.visit, attempt: cursor.attempt, epoch: turn.state.epoch }
    if (cursor.at === 'executing') {
      command(turn, { do: 'abandon', activity: ref, key: effectKey(turn, ref) })
      emit(turn, { type: 'step.canceled', step_type: turn.program.step(cursor.step)?.type ?? 'unknown', ...ref })
    }
    setCursor(turn, path, { at: 'end' })
  }
  for (const timer of Object.keys(turn.state.timers)) disarm(turn, timer)
}

function cancelWait(turn: Turn, wait: WaitState): void {
  dropWait(turn, wait.key)
  emit(turn, { type: 'wait.closed', wait: wait.key, outcome: 'canceled', by: null })
  const { path, step, visit } = wait
  emit(turn, {
    type: 'step.canceled',
    step_type: turn.program.step(step)?.type ?? 'unknown',
    path,
    step,
    visit,
    attempt: 1,
    epoch: turn.state.epoch,
  })
  setCursor(turn, path, { at: 'end' })
}

export function plainError(code: string, message: string): StepError {
  return { code, message, retryable: false, retry_after_ms: null }
}

/** Errors of expressions and templates fail the step; anything else is a defect and must surface. */
function asStepError(error: unknown): StepError {
  if (error instanceof ExpressionError) return plainError(error.code, error.message)
  throw error
}
