import type { Json, JsonObject } from '#lib/json.ts'
import { validateInterpreted } from '#lib/schema/validate-interpreted.ts'
import { executeAiGenerate } from '#lib/steps/ai-generate/executor.ts'
import { executeApiCall } from '#lib/steps/api-call/executor.ts'
import { toAttempted } from '#lib/steps/attempted.ts'
import { stepCatalog } from '#lib/steps/definitions.ts'
import type { StepContext } from '#lib/steps/kit.ts'
import { scopeOf } from '#lib/workflow/context.ts'
import type { Profile } from '#lib/workflow/data.ts'
import type { WorkflowDefinition } from '#lib/workflow/definition.ts'
import type { ActivityRef } from '#lib/workflow/events.ts'
import { applyDefaults } from '#lib/workflow/fields.ts'
import { createProgram } from '#lib/workflow/program.ts'
import { awaited } from '#lib/workflow/quorum.ts'
import { type Attempted, createVirtualClock, type HeldRun, holdRun, passTime } from '#lib/workflow/simulate.ts'
import { TERMINAL } from '#lib/workflow/state.ts'
import type { Chance } from './chance.ts'
import { junk, valueFor } from './schemas.ts'

/** What a run may not fail with when its workflow was accepted. */
const UNSOUND: ReadonlySet<string> = new Set(['expression.unknown_variable', 'expression.missing', 'expression.type'])
const START = '2026-01-05T09:00:00.000Z'
/** A run that goes round is stopped here; the limits of the core would do it later. */
const MOST_TURNS = 200

export interface PlayedOnce {
  /** `step: code message` of each failure that the types should have ruled out. */
  readonly unsound: readonly string[]
  readonly status: string
  readonly steps: number
}

/** One run with random data that fits what was declared, random decisions, failures and silences; null: inputs did not fit. */
export async function playOnce(definition: WorkflowDefinition, chance: Chance): Promise<PlayedOnce | null> {
  const inputs = startInputs(definition, chance)
  if (inputs === null) return null
  const clock = createVirtualClock(START)
  const program = createProgram(definition, stepCatalog)
  const unsound: string[] = []
  const run: HeldRun = holdRun({
    program,
    data: {
      run: { id: 'run_1', workflow_id: 'wf_1', workflow_name: 'Random', workflow_version: 1 },
      inputs,
      static: definition.static,
      profile: profileOf(chance),
      outputs: [],
      forks: {},
      directory: {
        resolve: (refs) => refs.map((ref) => ({ email: 'email' in ref ? ref.email : 'x@example.com', user_id: null })),
      },
    },
    now: clock.now,
    execute: (activity, key) => execute(run, activity, key, chance, unsound),
  })
  run.apply({ type: 'start', at: clock.now() })
  await run.settle()
  for (let turn = 0; turn < MOST_TURNS && !TERMINAL.has(run.state.status); turn++) {
    const waits = Object.values(run.state.waits)
    const wait = chance.pick(waits)
    const due = run.nextTimer()
    if (wait && !(due && chance.holds(0.08))) {
      const by = { via: 'key', id: 'key_1', label: 'key ci' } as const
      if (wait.kind === 'form') {
        const values = formValues(run, wait.key, chance)
        run.apply({ type: 'form.submitted', wait: wait.key, values, by, at: clock.now() })
      } else {
        const approver = chance.pick(awaited(wait))?.id ?? ''
        const decision = chance.holds(0.75) ? 'approve' : 'reject'
        run.apply({
          type: 'approval.decided',
          wait: wait.key,
          decision,
          comment: chance.pick(['', 'Why?']),
          approver,
          by,
          at: clock.now(),
        })
      }
      await run.settle()
    } else if (due) await passTime(run, clock, Math.max(0, Date.parse(due) - Date.parse(clock.now())))
    else if (waits.length === 0) break
  }
  for (const event of run.history) {
    if (event.type === 'step.failed' && UNSOUND.has(event.error.code))
      unsound.push(`${event.step}: ${event.error.code} ${event.error.message}`)
    if (
      event.type === 'run.failed' &&
      UNSOUND.has(event.error.code) &&
      !unsound.some((one) => one.startsWith(`${event.error.step}:`))
    )
      unsound.push(`${event.error.step ?? 'outputs'}: ${event.error.code} ${event.error.message}`)
  }
  return { unsound, status: run.state.status, steps: run.state.taken }
}

function startInputs({ inputs }: WorkflowDefinition, chance: Chance): JsonObject | null {
  if (inputs === null) return {}
  for (let i = 0; i < 5; i++) {
    const made = valueFor(
      { ...inputs.schema, ...(chance.holds(0.5) ? { required: Object.keys(inputs.schema.properties ?? {}) } : {}) },
      chance,
    )
    const values = applyDefaults(inputs.fields, made as JsonObject)
    if (validateInterpreted(inputs.schema, values).length === 0) return values
  }
  return null
}

function profileOf(chance: Chance): Profile {
  if (chance.holds(0.4)) return { user_id: null, user_email: null, user_role: null, name: null, agent_id: null }
  return { user_id: 'usr_1', user_email: 'me@example.com', user_role: 'editor', name: 'Me', agent_id: null }
}

function formValues(run: HeldRun, key: string, chance: Chance): JsonObject {
  const fact = run.history.findLast((event) => event.type === 'wait.opened' && event.wait.key === key)
  const opening = fact?.type === 'wait.opened' ? fact.opening : undefined
  if (opening?.kind !== 'form') return {}
  for (let i = 0; i < 20; i++) {
    const values = applyDefaults(opening.fields, asAnswers(valueFor(opening.schema, chance)))
    if (validateInterpreted(opening.schema, values).length === 0) return values
  }
  return applyDefaults(
    opening.fields,
    Object.fromEntries(opening.fields.map((field) => [field.key, sample(field.type)])),
  )
}

function asAnswers(value: Json): JsonObject {
  return value as JsonObject
}

function sample(type: string): Json {
  if (type === 'email') return 'a@example.com'
  if (type === 'number' || type === 'integer') return 3
  if (type === 'boolean') return true
  if (type === 'array') return ['a']
  return type === 'enum' ? 'low' : 'text'
}

async function execute(
  run: HeldRun,
  activity: ActivityRef,
  key: string,
  chance: Chance,
  unsound: string[],
): Promise<Attempted> {
  const step = run.program.step(activity.step)
  if (!step) throw new Error(`no step ${activity.step}`)
  const broken = { code: 'http.status', message: 'It answered 400.', retryable: false, retry_after_ms: null }
  if (chance.holds(0.08)) return { ok: false, error: broken, result: { input: null, ai_calls: [] } }
  const scope = scopeOf(run.program, run.data, START, activity.path)
  if (step.type === 'workflow') {
    const output = chance.holds(0.7) ? { title: junk(chance), grade: junk(chance) } : junk(chance)
    return { ok: true, result: { output, input: null, ai_calls: [] } }
  }
  const { config } = step
  const context: StepContext<never> = {
    step,
    config: config as never,
    scope: { ...scope, roots: { ...scope.roots, env: { KEY: 'a key' }, secrets: { KEY: 'a key' } } },
    activity,
    idempotencyKey: key,
    requestId: 'req_1',
    signal: new AbortController().signal,
    deadline: () => new AbortController().signal,
    feedback: null,
    sent: async () => {},
    ai: {
      generate: async () => ({
        ok: true,
        provider: 'mock',
        model: 'mock',
        tokens_prompt: 1,
        tokens_output: 1,
        latency_ms: 1,
        cost_usd: null,
        text: config.output_schema === null ? 'Some text.' : JSON.stringify(valueFor(config.output_schema, chance)),
      }),
    },
    http: {
      request: async () => ({
        ok: true,
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(config.response_schema === null ? junk(chance) : valueFor(config.response_schema, chance)),
      }),
    },
    schemas: { validate: async (schema, value) => validateInterpreted(schema, value) },
    prompts: { get: async (id) => ({ id, version: 1, content: 'About {one} and {two}.' }) },
  }
  const result = await (step.type === 'api_call' ? executeApiCall(context) : executeAiGenerate(context))
  for (const violation of (result.ai_calls ?? []).flatMap((call) => call.violations)) {
    // How long a list is can be known only in the run.
    const ofLength = /there is no \[-?\d+\]/.test(violation.message)
    if (violation.message.startsWith('this cannot be decided') && !ofLength)
      unsound.push(`${step.id}: check ${violation.message}`)
  }
  return toAttempted(result)
}
