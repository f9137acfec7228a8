import { ScaffError } from '#lib/errors.ts'
import type { JsonObject } from '#lib/json.ts'
import type { MockMode } from '#lib/mock-ai/modes.ts'
import { validateInterpreted } from '#lib/schema/validate-interpreted.ts'
import { stepCatalog } from '#lib/steps/definitions.ts'
import type { PromptPort } from '#lib/steps/kit.ts'
import type { Instant } from '#lib/time.ts'
import type { WaitOpening } from '#lib/workflow/catalog.ts'
import type { Directory, Profile } from '#lib/workflow/data.ts'
import type { Field, WorkflowDefinition } from '#lib/workflow/definition.ts'
import { applyDefaults } from '#lib/workflow/fields.ts'
import { createProgram } from '#lib/workflow/program.ts'
import { requirements } from '#lib/workflow/requirements.ts'
import { createVirtualClock, type HeldRun, holdRun, passTime, type VirtualClock } from '#lib/workflow/simulate.ts'
import type { WaitState } from '#lib/workflow/state.ts'
import { validateWorkflow } from '#lib/workflow/validate.ts'
import { createExecute } from './execute.ts'
import { refusalSentence } from './refusals.ts'
import type { HttpScript } from './scripted-http.ts'
import { standInCalls } from './stand-in-calls.ts'
import { namedPrompts, standInConstants, standInPeople } from './stand-ins.ts'
import type { ActProblem, SimulationAct } from './types.ts'

export interface PlayOptions {
  /** The workflow as YAML or JSON text. */
  readonly text: string
  /** Its canonical form, where it has been read already. */
  readonly definition?: WorkflowDefinition
  readonly inputs: JsonObject
  readonly acts: readonly SimulationAct[]
  readonly startedBy: { readonly name: string; readonly email: string; readonly role?: string; readonly id?: string }
  /** The workspace's constants; those the text reads and nobody gives are their own names. */
  readonly static?: JsonObject
  /** Answers to HTTP calls; absent: made up for each step. */
  readonly http?: HttpScript
  /** How the mock AI behaves; of a list, each call of a step takes the next. */
  readonly mode?: MockMode | readonly [MockMode, ...MockMode[]]
  readonly seed?: number
  readonly prompts?: PromptPort
  readonly people?: Directory
  /** When the virtual clock begins. */
  readonly startsAt?: Instant
  readonly ids?: { readonly run: string; readonly workflow: string; readonly version: number }
}

/** A run that was played. */
export interface Played {
  readonly run: HeldRun
  readonly clock: VirtualClock
  readonly definition: WorkflowDefinition
  readonly startedAt: Instant
  /** The first act that could not be done; those after it were not tried. */
  readonly problem: ActProblem | null
}

const DEFAULT_SEED = 42
const DEFAULT_START = '2026-01-05T09:00:00.000Z'

/**
 * Plays a script from the beginning on the real core. Deterministic: the same options give the same run, to the letter.
 * Throws `workflow.invalid` for a text with errors and `inputs.invalid` for inputs that do not fit, as a start does.
 */
export async function play(options: PlayOptions): Promise<Played> {
  const definition = options.definition ?? readDefinition(options.text)
  const startedAt = options.startsAt ?? DEFAULT_START
  const clock = createVirtualClock(startedAt)
  const run = prepare(options, definition, clock)
  run.apply({ type: 'start', at: clock.now() })
  await untilRests(run, clock)
  let problem: ActProblem | null = null
  for (const [i, act] of options.acts.entries()) {
    const refused = await perform(run, clock, definition, act)
    if (refused) {
      problem = { act: i, fields: [], ...refused }
      break
    }
    await untilRests(run, clock)
  }
  return { run, clock, definition, startedAt, problem }
}

function readDefinition(text: string): WorkflowDefinition {
  const { definition, diagnostics } = validateWorkflow(text, stepCatalog)
  if (definition) return definition
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  const first = errors[0]
  throw new ScaffError(
    'workflow.invalid',
    first ? `The workflow has errors. Line ${first.line}: ${first.message}` : 'The workflow has errors.',
    { errors: errors.map(({ path, code, message }) => ({ path, code, message })) },
  )
}

function prepare(options: PlayOptions, definition: WorkflowDefinition, clock: VirtualClock): HeldRun {
  const { mode = 'success', seed = DEFAULT_SEED, startedBy } = options
  const { run: id, workflow, version } = options.ids ?? { run: 'run_test', workflow: 'wf_test', version: 1 }
  const profile: Profile = {
    user_id: startedBy.id ?? null,
    user_email: startedBy.email,
    user_role: startedBy.role ?? 'editor',
    name: startedBy.name,
    agent_id: null,
  }
  const world = {
    clock,
    seed,
    modes: typeof mode === 'string' ? ([mode] as const) : mode,
    http: options.http,
    prompts: options.prompts ?? namedPrompts,
  }
  const run: HeldRun = holdRun({
    program: createProgram(definition, stepCatalog),
    data: {
      run: { id, workflow_id: workflow, workflow_name: definition.name, workflow_version: version },
      inputs: startInputs(definition, options.inputs),
      static: { ...standInConstants(requirements(definition, stepCatalog)), ...options.static, ...definition.static },
      profile,
      outputs: [],
      forks: {},
      directory: options.people ?? standInPeople,
    },
    now: clock.now,
    execute: standInCalls(
      clock,
      () => run,
      createExecute(world, () => run),
    ),
  })
  return run
}

function startInputs({ inputs: declared }: WorkflowDefinition, given: JsonObject): JsonObject {
  if (declared === null) return given
  const { values, problems } = checked(declared, given)
  const first = problems[0]
  if (!first) return values
  throw new ScaffError(
    'inputs.invalid',
    `The inputs do not fit: ${first.path ? `${first.path}: ` : ''}${first.message}`,
    {
      errors: problems.map(({ path, message }) => ({
        path: path ? `inputs.${path}` : 'inputs',
        code: 'invalid',
        message,
      })),
    },
  )
}

function checked(
  { fields, schema }: { readonly fields: readonly Field[]; readonly schema: Parameters<typeof validateInterpreted>[0] },
  given: JsonObject,
) {
  const values = applyDefaults(fields, given)
  return { values, problems: validateInterpreted(schema, values) }
}

type Refused = Pick<ActProblem, 'message'> & Partial<ActProblem>

async function perform(
  run: HeldRun,
  clock: VirtualClock,
  definition: WorkflowDefinition,
  act: SimulationAct,
): Promise<Refused | null> {
  const at = clock.now()
  switch (act.do) {
    case 'wait':
      await passTime(run, clock, act.ms)
      return null
    case 'cancel':
      return told(run.apply({ type: 'cancel', reason: act.reason, at }).refused)
    case 'retry': {
      const edited = act.inputs && startInputs(definition, { ...run.data.inputs, ...act.inputs })
      return told(run.apply({ type: 'retry', from: act.from_step, inputs: edited, at }).refused)
    }
    case 'submit': {
      const wait = openWait(run, act.step)
      const opening = wait && openingOf(run, wait.key)
      if (!wait || opening?.kind !== 'form') return { message: `No form is open at step ${act.step}.` }
      const { values, problems } = checked(opening, act.values)
      if (problems.length > 0) return { message: 'The form has answers that do not fit.', fields: problems }
      const by = { via: 'app', id: 'person', label: run.data.profile.user_email ?? 'Somebody' } as const
      return told(run.apply({ type: 'form.submitted', wait: wait.key, values, by, at }).refused)
    }
    case 'decide': {
      const wait = openWait(run, act.step)
      if (wait?.kind !== 'approval') return { message: `No approval is open at step ${act.step}.` }
      const name = act.approver.toLowerCase()
      const place = wait.approvers.find(({ id, email }) => id === name || email.toLowerCase() === name)
      if (!place) return { message: `${act.approver} is not one of the approvers of step ${act.step}.` }
      const by = { via: 'app', id: place.user_id ?? place.email, label: place.email } as const
      const { decision, comment } = act
      return told(
        run.apply({ type: 'approval.decided', wait: wait.key, decision, comment, approver: place.id, by, at }).refused,
      )
    }
  }
}

function told(refusal: Parameters<typeof refusalSentence>[0] | null): Refused | null {
  return refusal === null ? null : { message: refusalSentence(refusal) }
}

function openWait(run: HeldRun, step: string): WaitState | undefined {
  return Object.values(run.state.waits).find((wait) => wait.step === step)
}

/** What was shown when a wait opened; a wait that was opened again shows the newest. */
export function openingOf(run: HeldRun, key: string): WaitOpening | undefined {
  const fact = run.history.findLast((event) => event.type === 'wait.opened' && event.wait.key === key)
  return fact?.type === 'wait.opened' ? fact.opening : undefined
}

/** A back-off is nobody's to wait for: it passes until the run waits for people or is over. */
async function untilRests(run: HeldRun, clock: VirtualClock): Promise<void> {
  await run.settle()
  while (run.state.status === 'running') {
    const due = run.nextTimer()
    if (due === null) return
    clock.moveTo(due)
    await run.settle()
  }
}
