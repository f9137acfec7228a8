import { ScaffError } from '#lib/errors.ts'
import type { JsonObject } from '#lib/json.ts'
import { validateInterpreted } from '#lib/schema/validate-interpreted.ts'
import { stepCatalog } from '#lib/steps/definitions.ts'
import type { Profile } from '#lib/workflow/data.ts'
import type { Field, WorkflowDefinition } from '#lib/workflow/definition.ts'
import { applyDefaults } from '#lib/workflow/fields.ts'
import { createProgram } from '#lib/workflow/program.ts'
import { requirements } from '#lib/workflow/requirements.ts'
import { type HeldRun, type HeldRunOptions, holdRun, type VirtualClock } from '#lib/workflow/simulate.ts'
import { validateWorkflow } from '#lib/workflow/validate.ts'
import { createExecute } from './execute.ts'
import type { PlayOptions } from './play.ts'
import { standInCalls } from './stand-in-calls.ts'
import { namedPrompts, standInConstants, standInPeople } from './stand-ins.ts'

const DEFAULT_SEED = 42
/** A Monday morning. */
export const DEFAULT_START = '2026-01-05T09:00:00.000Z'

export type Beginning = Omit<PlayOptions, 'text' | 'definition' | 'acts' | 'startsAt'>

export function readDefinition(text: string): WorkflowDefinition {
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

/** Holds a run of a definition in a world where nothing goes out. `call`: who runs the workflows that steps call. */
export function holdSimulated(
  options: Beginning,
  definition: WorkflowDefinition,
  clock: VirtualClock,
  call?: HeldRunOptions['call'],
): HeldRun {
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
    ai: options.ai,
    modes: typeof mode === 'string' ? ([mode] as const) : mode,
    http: options.http,
    prompts: options.prompts ?? namedPrompts,
  }
  const execute = createExecute(world, () => run)
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
    ...(call ? { execute, call } : { execute: standInCalls(clock, () => run, execute) }),
  })
  return run
}

export function startInputs({ inputs: declared }: WorkflowDefinition, given: JsonObject): JsonObject {
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

export function checked(
  { fields, schema }: { readonly fields: readonly Field[]; readonly schema: Parameters<typeof validateInterpreted>[0] },
  given: JsonObject,
) {
  const values = applyDefaults(fields, given)
  return { values, problems: validateInterpreted(schema, values) }
}
