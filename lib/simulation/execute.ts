import { createMockProvider, type MockOptions } from '#lib/mock-ai/mock.ts'
import type { MockMode } from '#lib/mock-ai/modes.ts'
import { createRedactor, echoable } from '#lib/redact.ts'
import { toAttempted } from '#lib/steps/attempted.ts'
import { stepExecutors } from '#lib/steps/executors.ts'
import type { ExecutorResult, PromptPort, StepContext, StepExecutor } from '#lib/steps/kit.ts'
import { MINUTE, plus } from '#lib/time.ts'
import { scopeOf } from '#lib/workflow/context.ts'
import type { RunData } from '#lib/workflow/data.ts'
import type { Step } from '#lib/workflow/definition.ts'
import type { ActivityRef, StepError } from '#lib/workflow/events.ts'
import type { Program } from '#lib/workflow/program.ts'
import type { Scope } from '#lib/workflow/scope.ts'
import { secretNeeds } from '#lib/workflow/secret-needs.ts'
import type { Attempted, VirtualClock } from '#lib/workflow/simulate.ts'
import type { RunState } from '#lib/workflow/state.ts'
import { type AiScript, scriptedAi } from './scripted-ai.ts'
import { type HttpScript, scriptedHttp } from './scripted-http.ts'
import { interpretedSchemas, standInSecrets } from './stand-ins.ts'

/** As long as an attempt may take where its step says nothing: that of a worker. */
const LONGEST_ATTEMPT_MS = 90 * MINUTE
/** Statuses a made-up reply takes until one counts as success by the step's own `success_when`. */
const STATUSES = [200, 201, 202, 204]

export interface World {
  readonly clock: VirtualClock
  readonly seed: number
  readonly ai: AiScript | undefined
  readonly modes: readonly [MockMode, ...MockMode[]]
  readonly http: HttpScript | undefined
  readonly prompts: PromptPort
}

interface Standing {
  readonly program: Program
  readonly state: RunState
  readonly data: RunData
}

/** Executes attempts as a worker does, by the rooms' own executors, in a world where nothing goes out and no time is lost. */
export function createExecute(
  world: World,
  run: () => Standing,
): (activity: ActivityRef, key: string) => Promise<Attempted> {
  // One deadline is under way at a time: that of the attempt being executed.
  let silence: () => void = () => {}
  const options: MockOptions = { seed: world.seed, modes: world.modes, onSilence: () => silence() }
  const mock = createMockProvider(options)

  return async (activity, key) => {
    const { program, state, data } = run()
    const step = program.step(activity.step)
    const executor = step && executors[step.type]
    if (!step || !executor) {
      return toAttempted(failed('step.type_unavailable', `Step ${activity.step} cannot be executed here.`))
    }
    const { scope, secrets } = scopeFor(program, data, step, activity.path, world.clock.now())
    const time = createDeadlines(world.clock, step.timeout_ms ?? LONGEST_ATTEMPT_MS)
    silence = time.silence
    const ai = scriptedAi(world.ai, step.id, mock, options)
    const script = onceEach(world.http)
    const call = (status: number): Promise<ExecutorResult> => {
      const config: StepContext['config'] = step.config
      const schema = step.config.response_schema
      return executor({
        step,
        config,
        scope,
        activity,
        idempotencyKey: key,
        requestId: 'test-run',
        signal: time.attempt,
        deadline: time.deadline,
        // Nothing goes out, so nothing of it can be lost.
        sent: async () => {},
        feedback: state.scopes[activity.path]?.feedback[step.id] ?? null,
        ai,
        http: scriptedHttp(script, {
          step: step.id,
          status,
          onSilence: time.lose,
          schema: typeof schema === 'object' && schema !== null && !Array.isArray(schema) ? { ...schema } : null,
          seed: world.seed,
        }),
        schemas: interpretedSchemas,
        prompts: world.prompts,
      })
    }
    const result = await outcome(step, time.attempt, () => untilSuccessful(call))
    return toAttempted(shown(result, secrets, time.waited()))
  }
}

const executors: Readonly<Record<string, StepExecutor | undefined>> = stepExecutors

/** A script is asked once in an attempt, however often its reply is tried. */
function onceEach(script: HttpScript | undefined): HttpScript | undefined {
  if (!script) return undefined
  let drawn: { readonly reply: ReturnType<HttpScript> } | null = null
  return (call) => {
    drawn ??= { reply: script(call) }
    return drawn.reply
  }
}

async function untilSuccessful(call: (status: number) => Promise<ExecutorResult>): Promise<ExecutorResult> {
  let result: ExecutorResult = failed('http.unsuccessful', 'No reply counts as success.')
  for (const status of STATUSES) {
    result = await call(status)
    if (result.ok || result.error.code !== 'http.unsuccessful') return result
  }
  return result
}

/** What came of the call: a deadline that passed is a timeout, whatever the executor made of the abort. */
async function outcome(step: Step, attempt: AbortSignal, call: () => Promise<ExecutorResult>): Promise<ExecutorResult> {
  const late = failed('step.timeout', `${step.name ?? step.id} took longer than its timeout.`)
  try {
    const answer = await call()
    return !answer.ok && attempt.aborted ? { ...answer, error: late.error } : answer
  } catch (error) {
    if (attempt.aborted) return late
    const reason = error instanceof Error ? error.message : String(error)
    return failed('step.internal', `${step.name ?? step.id} stopped for a reason inside Scaff: ${reason}`)
  }
}

/** Deadlines by the virtual clock: a call that will never be answered lets the nearest one pass at once. */
function createDeadlines(clock: VirtualClock, attemptMs: number) {
  const attempt = new AbortController()
  const began = clock.now()
  let inner: { readonly ms: number; readonly controller: AbortController } | null = null
  let waited = 0
  return {
    attempt: attempt.signal,
    deadline(ms: number): AbortSignal {
      inner = { ms, controller: new AbortController() }
      return inner.controller.signal
    },
    /** A call that answers nothing ends by itself after so many milliseconds. */
    lose(ms: number): void {
      waited += ms
      clock.moveTo(plus(began, waited))
    },
    silence(): void {
      const left = attemptMs - waited
      const ms = Math.min(inner?.ms ?? left, left)
      waited += ms
      clock.moveTo(plus(began, waited))
      if (ms < left) inner?.controller.abort()
      else attempt.abort()
    },
    /** Milliseconds of virtual time that the attempt has lost to silence. */
    waited: () => waited,
  }
}

/** As it is kept: secrets masked, and latencies those of the virtual clock, so that a replay says the same. */
function shown(result: ExecutorResult, secrets: Readonly<Record<string, string>>, waited: number): ExecutorResult {
  const redactor = createRedactor({ secrets, patterns: false })
  const input = redactor.json(result.input)
  const ai_calls = (result.ai_calls ?? []).map((call) => ({ ...call, latency_ms: call.answer === null ? waited : 0 }))
  if (result.ok) {
    const output = createRedactor({ secrets: echoable(secrets), patterns: false }).json(result.output)
    return { ...result, output, input, ai_calls }
  }
  return { ...result, input, ai_calls, error: { ...result.error, message: redactor.text(result.error.message) } }
}

function scopeFor(
  program: Program,
  data: RunData,
  step: Step,
  path: string,
  now: string,
): { readonly scope: Scope; readonly secrets: Readonly<Record<string, string>> } {
  const scope = scopeOf(program, data, now, path)
  const needs = secretNeeds(program, step)
  if (!needs) return { scope, secrets: {} }
  const secrets = standInSecrets(needs.names)
  return { scope: { ...scope, roots: { ...scope.roots, secrets, env: secrets } }, secrets }
}

function failed(code: string, message: string): { ok: false; error: StepError; input: null } {
  return { ok: false, error: { code, message, retryable: false, retry_after_ms: null }, input: null }
}
