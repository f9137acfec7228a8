import { z } from 'zod'
import { isJsonObject, type Json, type JsonSchema } from '../json.ts'
import type { AnyStepType, ForkStepType, StepCatalog } from './catalog.ts'
import { alias, DEFINITIONS, durationSchema, later, ref } from './language-schema-values.ts'
import { WORKFLOW } from './language-schema-workflow.ts'
import { accepted, type COMMON, LATER, OUTSIDE_CONFIG } from './normalise-keys.ts'
import { KEYS } from './normalise-top.ts'
import { parseText } from './parse.ts'
import { LIMITS } from './parse-limits.ts'

/** What a key of every step may hold, apart from `id`, `type` and `config`. */
const STEP: Readonly<Record<Exclude<(typeof COMMON)[number], 'id' | 'type' | 'config' | 'timeout'>, JsonSchema>> = {
  name: {
    type: ['string', 'null'],
    maxLength: 200,
    title: 'Name',
    description: 'What people read in place of the id.',
  },
  when: {
    allOf: [ref('condition')],
    title: 'When',
    description: 'A condition. If it does not hold, the step is skipped.',
  },
  next: {
    allOf: [ref('target')],
    title: 'Next',
    description: 'The step that follows, or `end`. Without it: the one below.',
  },
  retry: {
    allOf: [ref('retry')],
    title: 'Retry',
    description: 'How often a failed attempt is repeated: a number, or a policy.',
  },
  on_error: {
    allOf: [ref('handler')],
    title: 'On error',
    description: 'The step to go to when this one fails; `fail` ends the run.',
  },
  output_key: {
    type: ['string', 'null'],
    title: 'Output key',
    description: 'Puts the whole output at `runtime.<key>` in place of merging it.',
  },
}
const TIMEOUT = { title: 'Timeout', description: 'Of each attempt.' }
const ID: JsonSchema = {
  type: 'string',
  pattern: '^[A-Za-z][A-Za-z0-9_-]{0,62}$',
  title: 'Id',
  description: 'A short name for this step, its own in the file.',
}

/**
 * The language as a JSON Schema (draft-07, which every YAML language server understands): both styles, every alias, each
 * step type's own parameters. Made from the catalog and from the tables that the parser itself reads by. What a schema
 * cannot say (that a step exists, that a variable has a value) is left to `validateWorkflow`.
 */
export function languageSchema(catalog: StepCatalog): JsonSchema {
  const types = catalog.list()
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Scaff workflow',
    description: 'A workflow in which AI drafts, JSON Schema checks, and people decide.',
    type: 'object',
    properties: {
      ...Object.fromEntries(KEYS.map((key) => [key, WORKFLOW[key]])),
      steps: { ...WORKFLOW.steps, type: 'array', minItems: 1, maxItems: LIMITS.steps, items: ref('step') },
    },
    required: ['name', 'steps'],
    additionalProperties: false,
    definitions: {
      ...DEFINITIONS,
      step: {
        type: 'object',
        properties: { id: ID, type: typeSchema(types), name: STEP.name, next: STEP.next },
        required: ['id', 'type'],
        allOf: types.map((type) => ({
          if: { properties: { type: { const: type.type } }, required: ['type'] },
          // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
          then: ref(`step_${type.type}`),
        })),
        defaultSnippets: types.map(toSnippet),
      },
      ...Object.fromEntries(types.map((type) => [`step_${type.type}`, stepSchema(type, types)])),
    },
  }
}

function typeSchema(types: readonly AnyStepType[]): JsonSchema {
  return {
    title: 'Type',
    description: types.map(({ type, summary }) => `- \`${type}\`: ${summary}`).join('\n'),
    enum: types.map(({ type }) => type),
  }
}

function stepSchema(type: AnyStepType, types: readonly AnyStepType[]): JsonSchema {
  const own = parameters(type)
  const spellings = [...accepted(type)]
  const unheard = later('Not honoured yet: the step runs as if it were not there.')
  const entries = spellings.flatMap(([spelling, canonical]) => {
    const schema =
      type.behavior === 'fork' && canonical === type.holds
        ? HELD[type.holds]
        : parameterSchema(spelling, canonical, own)
    return schema === null ? [] : [[spelling, canonical, { ...schema, ...alias(spelling, canonical) }] as const]
  })
  const late = Object.fromEntries([...LATER, ...type.later].map((key) => [key, unheard]))
  const flat = Object.fromEntries(entries.map(([spelling, , schema]) => [spelling, schema]))
  const config = Object.fromEntries(
    entries.filter(([, canonical]) => !OUTSIDE_CONFIG.has(canonical)).map(([spelling, , schema]) => [spelling, schema]),
  )
  const held = type.behavior === 'fork' ? [type.holds] : []
  const required = [...(own.required ?? []), ...held].map((key) => {
    const names = spellings.filter(([, canonical]) => canonical === key).map(([spelling]) => spelling)
    return {
      anyOf: [
        ...names.map((name) => ({ required: [name] })),
        { required: ['config'], properties: { config: { anyOf: names.map((name) => ({ required: [name] })) } } },
      ],
    }
  })
  return {
    title: type.label,
    description: type.summary,
    markdownDescription: type.docs,
    type: 'object',
    properties: {
      ...flat,
      ...late,
      id: ID,
      type: typeSchema(types),
      config: {
        title: 'Config',
        description: 'The parameters, in place of writing them on the step itself.',
        type: ['object', 'null'],
        properties: { ...config, ...late },
        additionalProperties: false,
      },
    },
    ...(required.length > 0 ? { allOf: required } : {}),
    additionalProperties: false,
  }
}

const STEPS: JsonSchema = { type: 'array', minItems: 1, items: ref('step') }

/** The steps inside a step, by the key that holds them. */
const HELD: Readonly<Record<ForkStepType<unknown>['holds'], JsonSchema>> = {
  branches: {
    title: 'Branches',
    description: 'Name → the steps of that branch.',
    type: 'object',
    minProperties: 1,
    additionalProperties: STEPS,
  },
  steps: { ...STEPS, title: 'Steps', description: 'What happens for each item, in order.' },
}

interface Parameters {
  readonly properties: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
}

/** The room's canonical parameters as JSON Schema, with what its metadata adds. */
function parameters(type: AnyStepType): Parameters {
  return z.toJSONSchema(type.config, {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
  }) as unknown as Parameters
}

function parameterSchema(spelling: string, canonical: string, own: Parameters): JsonSchema | null {
  if (canonical === 'timeout_ms' && own.properties[canonical] === undefined)
    return { ...TIMEOUT, ...durationSchema(spelling) }
  const mine = own.properties[canonical]
  if (mine === undefined) return Object.hasOwn(STEP, canonical) ? STEP[canonical as keyof typeof STEP] : null
  const { title, description, default: standard, written, ...shape } = mine
  const about = {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(standard === undefined || standard === null || typeof standard === 'object' || canonical.endsWith('_ms')
      ? {}
      : { default: standard }),
  }
  if (canonical.endsWith('_ms')) return { ...about, ...durationSchema(spelling) }
  if (written === undefined) return { ...about, ...shape }
  const named = typeof written === 'string' ? ref(written) : (written as JsonSchema)
  return { ...about, anyOf: takesNull(shape) ? [named, { type: 'null' }] : [named] }
}

function takesNull({ anyOf }: JsonSchema): boolean {
  return Array.isArray(anyOf) && anyOf.some((one: unknown) => isJsonObject(one) && one.type === 'null')
}

/** The room's own example, as something to begin with. */
function toSnippet({ type, label, summary, example }: AnyStepType): JsonSchema {
  const body: Json = parseText(example).source?.value ?? { type }
  return { label: `${label} step`, description: summary, body }
}
