import type { Json } from '#lib/json.ts'
import { echoable } from '#lib/redact.ts'
import type { ExecutorResult, StepContext } from '#lib/steps/kit.ts'
import { MINUTE } from '#lib/time.ts'
import { scopeOf } from '#lib/workflow/context.ts'
import type { Step } from '#lib/workflow/definition.ts'
import type { ActivityRef, RunEvent, StepError } from '#lib/workflow/events.ts'
import type { Scope } from '#lib/workflow/scope.ts'
import { secretNeeds } from '#lib/workflow/secret-needs.ts'
import { isRetryable } from '#server/db/retrying.ts'
import type { LoadedRun } from '../load.ts'
import type { EngineParts } from '../parts.ts'
import { type Effect, EffectNotKept } from './effects.ts'
import type { Lease } from './lease.ts'
import type { WorkerContext } from './parts.ts'

/** No attempt holds a worker longer than this, whatever its own timeouts say. */
const LONGEST_ATTEMPT_MS = 90 * MINUTE

/** Of a worker and of a run what an attempt has to do with. */
interface Attempting extends Pick<WorkerContext, 'ports' | 'stop' | 'report'> {
  readonly parts: Pick<EngineParts, 'clock'>
  readonly lease: Pick<Lease, 'held'>
}
type AttemptedRun = Pick<LoadedRun, 'id' | 'program' | 'state' | 'data' | 'request_id'>

/** Executes one attempt. null: it was broken off because the worker stops or lost it, and nothing may be written. */
export async function attempt(
  worker: Attempting,
  run: AttemptedRun,
  { activity, key, sent_as }: { readonly activity: ActivityRef; readonly key: string; readonly sent_as?: string },
  effect: Effect,
): Promise<RunEvent | null> {
  const now = (): string => worker.parts.clock.now().toISOString()
  const began_at = now()
  const step = run.program.step(activity.step)
  const executor = step && worker.ports.executors[step.type]
  if (!step || !executor) {
    const error = plain('step.type_unavailable', `This worker cannot execute step ${activity.step}.`)
    return { type: 'step.failed', activity, error, result: { input: null, ai_calls: [] }, at: now() }
  }
  const deadline = AbortSignal.timeout(step.timeout_ms ?? LONGEST_ATTEMPT_MS)
  const { secrets, scope } = await scopeFor(worker, run, step, activity.path, now())
  // A worker that was paused past its lease must not send anything.
  if (!worker.lease.held()) return null
  const redact = (value: Json): Json => worker.ports.redact(value, secrets)
  const context: StepContext = {
    step,
    config: step.config,
    scope,
    activity,
    idempotencyKey: key,
    ...(sent_as === undefined ? {} : { sentAs: sent_as }),
    requestId: run.request_id,
    signal: AbortSignal.any([worker.stop, deadline]),
    feedback: run.state.scopes[activity.path]?.feedback[step.id] ?? null,
    sent: (evidence) =>
      effect.sent(Object.fromEntries(Object.entries(evidence).map(([name, value]) => [name, redact(value)]))),
    ai: worker.ports.ai,
    http: worker.ports.http,
    schemas: worker.ports.schemas,
    prompts: worker.ports.prompts,
  }
  const result = await outcome(worker, effect, run, step, deadline, () => executor(context))
  if (effect.withheld() || (worker.stop.aborted && !result.ok)) return null
  const report = { input: redact(result.input), ai_calls: result.ai_calls ?? [], began_at }
  if (result.ok) {
    // A service that echoes a secret does not thereby put it into the run's data.
    const output = worker.ports.redact(result.output, echoable(secrets))
    return { type: 'step.succeeded', activity, result: { ...report, output }, at: now() }
  }
  const error = { ...result.error, message: String(redact(result.error.message)) }
  return { type: 'step.failed', activity, error, result: report, at: now() }
}

/** What came of the call: a deadline that passed is a timeout, whatever the executor made of the abort. */
async function outcome(
  worker: Attempting,
  effect: Effect,
  run: AttemptedRun,
  step: Step,
  deadline: AbortSignal,
  call: () => Promise<ExecutorResult>,
): Promise<ExecutorResult> {
  const late = plain('step.timeout', `${step.name ?? step.id} took longer than its timeout.`)
  try {
    const answer = await call()
    return !answer.ok && deadline.aborted ? { ...answer, error: late } : answer
  } catch (error) {
    // Tried again by whoever holds the row: the workflow has no part in this, nor in a prompt that could not be read.
    if (error instanceof EffectNotKept || isRetryable(error)) throw error
    if (deadline.aborted) return { ok: false, error: late, input: null }
    if (!worker.stop.aborted && !effect.withheld()) worker.report(error, `step ${step.id} of ${run.id}`)
    const message = `${step.name ?? step.id} stopped for a reason inside Scaff. The worker's log says more under request ${run.request_id}.`
    return { ok: false, error: plain('step.internal', message), input: null }
  }
}

/** Secrets and sensitive constants join the scope only for steps that may read them, and only those they name. */
async function scopeFor(
  { ports }: Attempting,
  run: AttemptedRun,
  step: Step,
  path: string,
  now: string,
): Promise<{ scope: Scope; secrets: Readonly<Record<string, string>> }> {
  const scope = scopeOf(run.program, run.data, now, path)
  const needs = secretNeeds(run.program, step)
  if (!needs) return { scope, secrets: {} }
  const secrets = await ports.secrets(needs.names)
  const sensitive = needs.constants ? await ports.sensitiveConstants() : {}
  const hidden = Object.fromEntries(
    Object.entries(sensitive).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )
  return {
    scope: {
      ...scope,
      roots: { ...scope.roots, static: { ...sensitive, ...scope.roots.static }, secrets, env: secrets },
    },
    secrets: { ...hidden, ...secrets },
  }
}

function plain(code: string, message: string): StepError {
  return { code, message, retryable: false, retry_after_ms: null }
}
