import type { JsonSchema } from '../json.ts'
import { ROLES } from '../permissions.ts'
import { DURATION_SUFFIXES, ISO, SHORT } from './durations.ts'
import { OPERATORS } from './normalise-condition.ts'
import { KEYS as FIELD_KEYS, TYPES as FIELD_TYPES, LATER_KEYS as LATER_FIELD_KEYS } from './normalise-fields.ts'
import { MAX_ATTEMPTS, SPELLINGS as RETRY_SPELLINGS } from './normalise-retry.ts'

/**
 * The pieces of the language that stand in many places. `x-kind` says what a text means, for completion: the id of a step,
 * an expression, a template, or either of the two.
 */
export type ValueKind = 'step' | 'expression' | 'template' | 'dynamic'

/** Of a key that does nothing yet: it is understood, and not proposed. */
export const later = (description: string): JsonSchema => ({ description, 'x-later': true })

/**
 * What a key's other spellings are marked with: understood, and not proposed beside the one that is. Of a canonical key
 * in milliseconds that is the one without a unit.
 */
export function alias(spelling: string, canonical: string): JsonSchema {
  const proposed = canonical.replace(/_ms$/, '')
  return spelling === proposed ? {} : { 'x-alias': proposed }
}

export const ref = (name: string): JsonSchema => ({ $ref: `#/definitions/${name}` })

const text = (kind: ValueKind): JsonSchema => ({ type: 'string', 'x-kind': kind })
const mapping = (properties: JsonSchema, required: readonly string[] = []): JsonSchema => ({
  type: 'object',
  properties,
  ...(required.length > 0 ? { required } : {}),
  additionalProperties: false,
})

/** How a duration is written under this key: with its unit, or as a plain number where the key names the unit. */
export function durationSchema(spelling: string): JsonSchema {
  const unit = [...DURATION_SUFFIXES.keys()].find((suffix) => spelling.endsWith(suffix))
  const written = { type: 'string', pattern: `${SHORT.source}|${ISO.source}`, examples: ['30s', '15m', '24h', '7d'] }
  if (unit === undefined) return { anyOf: [written, { type: 'null' }] }
  const number = { type: 'number', exclusiveMinimum: 0 }
  return { anyOf: [number, { type: 'string', pattern: String.raw`^\d+(\.\d+)?$` }, written, { type: 'null' }] }
}

const FIELD: Readonly<Record<string, JsonSchema>> = {
  key: { type: 'string', title: 'Key', description: 'The name under which the answer is kept: `runtime.<key>`.' },
  type: {
    enum: [...FIELD_TYPES.keys()],
    default: 'string',
    title: 'Type',
    description: 'What kind of answer it takes; text unless given.',
  },
  label: { type: 'string', title: 'Label', description: 'What people read. Without it: made from the key.' },
  required: {
    type: 'boolean',
    default: false,
    title: 'Required',
    description: 'Whether it has to be answered; not unless given.',
  },
  default: { title: 'Default', description: 'Taken where nothing is answered.' },
  prefill: {
    type: ['string', 'number', 'boolean'],
    'x-kind': 'template',
    title: 'Prefill',
    description: 'Stands in the field at first; a template.',
  },
  help: { type: 'string', title: 'Help', description: 'Under the label.' },
  placeholder: { type: 'string', title: 'Placeholder', description: 'Shown in the empty field.' },
  pattern: { type: 'string', title: 'Pattern', description: 'A regular expression that a text must match.' },
  minimum: { type: 'number', title: 'Least', description: 'Of a number; on a text its length, in a list its entries.' },
  maximum: { type: 'number', title: 'Most', description: 'Of a number; on a text its length, in a list its entries.' },
  multiline: { type: 'boolean', title: 'Several lines', description: 'Whether the text may have line breaks.' },
  options: {
    title: 'Options',
    description: 'What can be chosen: texts, or {label, value}.',
    type: 'array',
    minItems: 1,
    items: {
      anyOf: [
        { type: ['string', 'number', 'boolean'] },
        mapping(
          {
            label: { type: ['string', 'number', 'boolean'], description: 'What people read. Without it: the value.' },
            value: { type: ['string', 'number', 'boolean'], description: 'What is kept when it is chosen.' },
          },
          ['value'],
        ),
      ],
    },
  },
}

function fieldSchema(): JsonSchema {
  const unheard = later('Not honoured yet: the field behaves as if it were not there.')
  const names = [...FIELD_KEYS].filter(([, canonical]) => canonical === 'key').map(([spelling]) => spelling)
  return {
    title: 'Field',
    ...mapping({
      ...Object.fromEntries(
        [...FIELD_KEYS].map(([spelling, canonical]) => [
          spelling,
          { ...FIELD[canonical], ...alias(spelling, canonical) },
        ]),
      ),
      ...Object.fromEntries([...LATER_FIELD_KEYS].map((key) => [key, unheard])),
    }),
    anyOf: names.map((name) => ({ required: [name] })),
    defaultSnippets: [{ label: 'field', description: 'A field', body: { key: '$1', type: 'string', required: true } }],
  }
}

const RETRY: Readonly<Record<string, JsonSchema>> = {
  max_attempts: {
    type: 'integer',
    minimum: 1,
    maximum: MAX_ATTEMPTS,
    title: 'Attempts',
    description: 'Calls in all; the first one counts.',
  },
  interval_ms: { title: 'Interval', description: 'Before the first repeat.' },
  backoff_rate: {
    type: 'number',
    minimum: 1,
    maximum: 10,
    title: 'Back-off',
    description: 'Each wait is so many times longer.',
  },
  max_delay_ms: { title: 'Longest wait', description: 'No wait is longer than this.' },
  jitter: {
    type: 'number',
    minimum: 0,
    maximum: 1,
    title: 'Jitter',
    description: 'The share of a wait that is spread by chance.',
  },
  on: {
    type: 'array',
    minItems: 1,
    items: { type: 'string' },
    title: 'Only on',
    description: 'Error codes that are repeated. Without it: all that may pass by themselves.',
  },
}

function retrySchema(): JsonSchema {
  const policy = Object.fromEntries(
    [...RETRY_SPELLINGS].map(([spelling, canonical]) => [
      spelling,
      {
        ...RETRY[canonical],
        ...alias(spelling, canonical),
        ...(canonical.endsWith('_ms') ? durationSchema(spelling) : {}),
      },
    ]),
  )
  return {
    anyOf: [
      { type: 'integer', minimum: 0, maximum: MAX_ATTEMPTS - 1, description: 'How often it is repeated.' },
      mapping(policy),
      { enum: [false, null] },
    ],
  }
}

const CONDITION: JsonSchema = {
  anyOf: [
    text('expression'),
    { type: ['boolean', 'null'] },
    mapping(
      {
        field: { ...text('expression'), title: 'Field', description: 'A value such as `runtime.score`.' },
        operator: { enum: [...OPERATORS.keys()], title: 'Operator', description: '`eq` unless given.' },
        value: { title: 'Value', description: 'What it is compared with.' },
      },
      ['field', 'value'],
    ),
    mapping({ all: { type: 'array', minItems: 1, items: ref('condition'), description: 'Each of them holds.' } }, [
      'all',
    ]),
    mapping({ any: { type: 'array', minItems: 1, items: ref('condition'), description: 'One of them holds.' } }, [
      'any',
    ]),
  ],
}

const PERSON: JsonSchema = {
  anyOf: [
    { type: 'string', description: 'An e-mail address.' },
    mapping({ email: { type: 'string', description: 'An e-mail address.' } }, ['email']),
    mapping({ role: { enum: [...ROLES], description: 'Everyone of a role.' } }, ['role']),
    mapping({ user: { type: 'string', description: 'The id of a user.' } }, ['user']),
    mapping({ expr: { ...text('expression'), description: 'An expression that answers an address.' } }, ['expr']),
  ],
}

/** What `written` of a room's parameter may name. */
export const DEFINITIONS: Readonly<Record<string, JsonSchema>> = {
  step_id: { ...text('step'), description: 'The id of a step.' },
  target: {
    anyOf: [{ ...text('step'), description: 'The id of a step, or `end`.' }, { type: 'null' }],
    'x-words': ['end'],
  },
  handler: {
    anyOf: [{ ...text('step'), description: 'The id of a step, or `fail`.' }, { type: 'null' }],
    'x-words': ['fail'],
  },
  expression: text('expression'),
  template: text('template'),
  condition: CONDITION,
  values: { type: 'object', minProperties: 1, additionalProperties: { 'x-kind': 'dynamic' } },
  named_values: {
    anyOf: [
      { type: 'object', additionalProperties: { 'x-kind': 'dynamic' } },
      { type: 'array', items: text('expression') },
    ],
  },
  json_schema: { type: 'object', description: 'A JSON Schema.' },
  field: fieldSchema(),
  fields: { type: 'array', minItems: 1, items: ref('field') },
  retry: retrySchema(),
  person: PERSON,
  people: { anyOf: [PERSON, { type: 'array', minItems: 1, items: ref('person') }] },
}
