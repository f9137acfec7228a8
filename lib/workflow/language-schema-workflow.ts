import type { JsonSchema } from '../json.ts'
import { TESTS } from './cases/case-schema.ts'
import { alias, durationSchema, later, ref } from './language-schema-values.ts'
import { CONCURRENCY_KEYS, LIMIT_KEYS, MOST_AT_ONCE } from './normalise-limits.ts'
import { type KEYS, LATER, TRIGGERS } from './normalise-top.ts'

type WorkflowKey = (typeof KEYS)[number]

const TRIGGER: Readonly<Record<(typeof TRIGGERS)[number], string>> = {
  schedule: 'At times: {cron, timezone}.',
  event: 'When something happened: {type, when, key}.',
  webhook: 'When another system calls: {path, secret}.',
}

const triggers: JsonSchema = {
  title: 'Triggers',
  ...later(LATER.triggers ?? ''),
  type: 'array',
  items: {
    type: 'object',
    properties: Object.fromEntries(TRIGGERS.map((kind) => [kind, { description: TRIGGER[kind] }])),
    minProperties: 1,
    maxProperties: 1,
    additionalProperties: false,
  },
}

const CONCURRENCY: Readonly<Record<(typeof CONCURRENCY_KEYS)[number], JsonSchema>> = {
  max: { type: 'integer', minimum: 1, maximum: MOST_AT_ONCE, title: 'Most', description: 'So many at once.' },
  key: {
    type: ['string', 'null'],
    'x-kind': 'expression',
    title: 'Key',
    description: 'Counts runs for each value apart: an expression over inputs, profile and static.',
  },
}

const LIMIT: Readonly<Record<string, JsonSchema>> = {
  idempotency: {
    enum: ['auto', null],
    title: 'Idempotency',
    description: '`auto`: two starts with the same inputs are one run.',
  },
  concurrency: {
    title: 'Concurrency',
    description: 'How many runs may be under way at once; those above wait for their turn.',
    type: ['object', 'null'],
    properties: Object.fromEntries(CONCURRENCY_KEYS.map((key) => [key, CONCURRENCY[key]])),
    required: ['max'],
    additionalProperties: false,
  },
  later: later('Not honoured yet: runs have no such limit.'),
}

const limits: JsonSchema = {
  title: 'Limits',
  description: 'Bounds of a whole run.',
  type: ['object', 'null'],
  properties: Object.fromEntries(
    [...LIMIT_KEYS].map(([spelling, canonical]) => [
      spelling,
      canonical === 'timeout'
        ? {
            title: 'Timeout',
            description: 'How long a run may take.',
            ...alias(spelling, 'timeout_ms'),
            ...durationSchema(spelling),
          }
        : (LIMIT[canonical] ?? {}),
    ]),
  ),
  additionalProperties: false,
}

/** What each key of a workflow may hold. */
export const WORKFLOW: Readonly<Record<WorkflowKey, JsonSchema>> = {
  name: {
    type: 'string',
    minLength: 1,
    maxLength: 200,
    title: 'Name',
    description: 'What the workflow does, in a few words.',
  },
  description: {
    type: ['string', 'null'],
    maxLength: 5_000,
    title: 'Description',
    description: 'Shown beside the name.',
  },
  tags: {
    type: ['array', 'null'],
    items: { type: 'string', minLength: 1, maxLength: 50 },
    title: 'Tags',
    description: 'Words by which workflows are found.',
  },
  version: {
    type: ['string', 'number', 'null'],
    title: 'Version',
    description: 'A label of your own; the server counts versions itself.',
  },
  start_step: {
    anyOf: [{ type: 'string', 'x-kind': 'step' }, { type: 'null' }],
    title: 'Start step',
    description: 'The id of the step a run begins at.',
  },
  inputs: {
    title: 'Inputs',
    description: 'What a start asks for: fields, or a JSON Schema of an object.',
    anyOf: [
      { type: 'array', items: ref('field') },
      { type: 'object', properties: { type: { const: 'object' } }, required: ['type'] },
      { type: 'null' },
    ],
  },
  static: { type: ['object', 'null'], title: 'Static', description: 'Constants, read as `static.<name>`.' },
  secrets: {
    type: ['array', 'null'],
    items: { type: 'string', pattern: '^[A-Za-z_][A-Za-z0-9_]{0,62}$' },
    title: 'Secrets',
    description: 'The names of the secrets it needs, without their values.',
  },
  triggers,
  on: { ...triggers, 'x-alias': 'triggers' },
  limits,
  steps: { title: 'Steps', description: 'What happens, in order. Each has an `id` and a `type`.' },
  outputs: { title: 'Outputs', description: 'What a run answers with: values and templates.', 'x-kind': 'template' },
  tests: TESTS,
}
