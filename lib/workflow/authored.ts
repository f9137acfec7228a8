import type { z } from 'zod'
import type { Json, JsonObject } from '../json.ts'
import type { AnyStepType, StepCatalog } from './catalog.ts'
import { isSame } from './cures.ts'
import type { Field, FieldOption, Limits, RetryPolicy, Step, WorkflowDefinition } from './definition.ts'
import { formatDuration } from './durations.ts'
import { toLabel } from './normalise-fields.ts'
import { readInputs } from './normalise-inputs.ts'
import { DEFAULTS } from './normalise-retry.ts'
import { impliedOutputKey } from './normalise-step.ts'

/** How an author writes a step's parameters: flat on the step, or under `config:`. */
export type Style = 'short' | 'config'

/** A definition as an author would write it: what goes without saying is left out, durations have units. */
export function authoredWorkflow(definition: WorkflowDefinition, catalog: StepCatalog, style: Style): JsonObject {
  const { name, description, tags, label, start, inputs, static: constants, secrets, limits, outputs } = definition
  return compact({
    name,
    description,
    tags: tags.length === 0 ? null : tags,
    version: label,
    start_step: start,
    inputs: inputs === null ? null : authoredInputs(inputs),
    static: Object.keys(constants).length === 0 ? null : constants,
    secrets: secrets.length === 0 ? null : secrets,
    limits: authoredLimits(limits),
    steps: authoredSteps(definition.steps, catalog, style),
    outputs,
  })
}

/** Steps that follow one another. */
export function authoredSteps(steps: readonly Step[], catalog: StepCatalog, style: Style, inside = false): Json[] {
  return steps.map((step, i) => authoredStep(step, steps[i + 1]?.id ?? null, catalog, style, inside))
}

/** One step; `following` is where it goes without saying so. */
export function authoredStep(
  step: Step,
  following: string | null,
  catalog: StepCatalog,
  style: Style,
  inside: boolean,
): JsonObject {
  const type = catalog.get(step.type)
  const parameters = type === undefined ? step.config : authoredParameters(type, step.config)
  const implied = type === undefined || inside ? null : impliedOutputKey(step, type)
  const { id, name, when, next, retry, timeout_ms, on_error, output_key } = step
  return {
    id,
    type: step.type,
    ...compact({ name, when }),
    ...(style === 'short' ? parameters : Object.keys(parameters).length === 0 ? {} : { config: parameters }),
    ...compact({
      retry: retry === null ? null : authoredRetry(retry),
      timeout: timeout_ms === null ? null : formatDuration(timeout_ms),
      on_error,
      output_key: output_key === implied ? null : output_key,
    }),
    ...(next === following ? {} : { next: next ?? 'end' }),
    ...authoredBlocks(step, type, catalog, style),
  }
}

function authoredBlocks(step: Step, type: AnyStepType | undefined, catalog: StepCatalog, style: Style): JsonObject {
  if (step.blocks === undefined || type?.behavior !== 'fork') return {}
  const lists = step.blocks.map(({ name, steps }) => [name, authoredSteps(steps, catalog, style, true)] as const)
  return type.holds === 'branches' ? { branches: Object.fromEntries(lists) } : { steps: lists[0]?.[1] ?? [] }
}

/** The parameters that say something else than would hold without them. */
export function authoredParameters(type: AnyStepType, config: JsonObject): JsonObject {
  const authored = type.author?.(config) ?? config
  const said: Record<string, Json> = {}
  for (const [key, value] of Object.entries(config)) {
    if (isSame(value, defaultOf(type, key))) continue
    if (key.endsWith('_ms') && typeof value === 'number') said[key.slice(0, -'_ms'.length)] = formatDuration(value)
    else said[key] = authored[key] ?? value
  }
  return said
}

/** What a parameter is where nobody gives it; undefined where it has to be given, or then is not there. */
function defaultOf(type: AnyStepType, key: string): Json | undefined {
  const shape: unknown = 'shape' in type.config ? type.config.shape : {}
  // The registry is heterogeneous: every room's config is an object of parameters.
  return (shape as Readonly<Record<string, z.ZodType<Json>>>)[key]?.safeParse(undefined).data
}

function authoredRetry(policy: RetryPolicy): Json {
  const { max_attempts, interval_ms, backoff_rate, max_delay_ms, jitter, on } = policy
  if (isSame({ ...policy }, { ...DEFAULTS, max_attempts })) return max_attempts - 1
  return compact({
    max_attempts,
    interval: interval_ms === DEFAULTS.interval_ms ? null : formatDuration(interval_ms),
    backoff_rate: backoff_rate === DEFAULTS.backoff_rate ? null : backoff_rate,
    max_delay: max_delay_ms === DEFAULTS.max_delay_ms ? null : formatDuration(max_delay_ms),
    jitter: jitter === DEFAULTS.jitter ? null : jitter,
    on,
  })
}

function authoredLimits({ timeout_ms, idempotency, concurrency = null }: Limits): Json {
  const limits = compact({
    timeout: timeout_ms === null ? null : formatDuration(timeout_ms),
    idempotency,
    concurrency: concurrency === null ? null : compact({ ...concurrency }),
  })
  return Object.keys(limits).length === 0 ? null : limits
}

/** In the vocabulary of fields where that says all of it, else as the schema it is. */
function authoredInputs({ fields, schema }: NonNullable<WorkflowDefinition['inputs']>): Json {
  const listed = fields.map(authoredField)
  let problems = 0
  const counting = () => {
    problems += 1
  }
  const read = readInputs(listed, [], { error: counting, warning: () => undefined })
  const whole = problems === 0 && read !== null && isSame(asJson(read), asJson({ fields, schema }))
  return whole ? listed : asJson(schema)
}

/** A field or declared input: its label where it is not the one made of its key, options as plain values where they can be. */
export function authoredField({ key, type, label, required, options, ...rules }: Field): JsonObject {
  return {
    key,
    type,
    ...(label === toLabel(key) ? {} : { label }),
    ...(required ? { required } : {}),
    ...(options === undefined ? {} : { options: options.map(authoredOption) }),
    ...rules,
  }
}

function authoredOption({ value, label }: FieldOption): Json {
  return label === String(value) ? value : { value, label }
}

/** Without what is null, where that says the same as nothing. */
function compact(values: Readonly<Record<string, Json>>): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))
}

function asJson(value: object): Json {
  return value as JsonObject
}
