import fc from 'fast-check'
import { type Json, type JsonObject, PROTOTYPE_KEYS } from '../../json.ts'

/** Texts that YAML reads as something else, or not at all, unless they are quoted the right way. */
const HOSTILE = [
  'null',
  '~',
  'true',
  'no',
  '1e3',
  '0x1f',
  '-',
  '- a',
  'a: b',
  'a #b',
  '# a',
  '#',
  ': ',
  '?',
  '&a',
  '*a',
  '!t',
  '|',
  '>',
  '%x',
  '@a',
  '`a`',
  '{a}',
  '[a',
  'a]',
  '}',
  ',',
  '"',
  "'",
  'it\'s "so"',
  '\\',
  '\\n',
  ' a',
  'a ',
  '  two\n lines',
  'a\n\nb\n',
  '\n',
  '\ta',
  '---',
  '...',
  '<<',
  '2026-01-01',
  '😀',
  'é\u00a0é',
  '\u2028',
  'a\r\nb',
  '=',
  'long '.repeat(40).trim(),
] as const

/** Any text that is no template and can be stored. */
const plain = fc
  .oneof(fc.constantFrom(...HOSTILE), fc.string({ maxLength: 30 }), fc.string({ unit: 'grapheme', maxLength: 12 }))
  .map((text) => text.replaceAll(/\{(?=[{%#])/g, '(').replaceAll('\0', ''))
/** One that says something. */
const said = plain.map((text) => (text.trim() === '' ? 'text' : text))
const short = said.map((text) => (text.length > 50 ? 'short' : text))
/** One that may be a key: names of every object's own are refused. */
const key = short.map((text) => (PROTOTYPE_KEYS.has(text) ? 'text' : text))
const template = fc.oneof(
  said,
  said.map((text) => `${text} {{ 1 + 1 }}`),
)
const condition = fc.constantFrom('true', '1 < 2', "'a' in ['a', 'b']", 'not false', 'len("a: b") == 4')
const name = fc.constantFrom('a', 'b_1', 'Case', '_x', 'null', 'on', 'y', 'n', 'Yes', 'true')
const duration = fc.integer({ min: 1, max: 40 * 86_400_000 }).map((ms) => `${ms}ms`)
const json: fc.Arbitrary<Json> = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    plain,
    fc.integer(),
    fc
      .double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 })
      .map((n) => (Number.isInteger(n) ? 0.5 : n)),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(name, tie('json'), { maxKeys: 3 }),
  ),
})).json
const values = fc.dictionary(name, json, { minKeys: 1, maxKeys: 3 })
const schema: fc.Arbitrary<JsonObject> = fc.record(
  {
    type: fc.constant('object'),
    title: plain,
    description: plain,
    properties: fc.dictionary(
      name,
      fc.oneof(
        fc.record(
          { type: fc.constantFrom('string', 'integer', 'boolean'), description: plain },
          { requiredKeys: ['type'] },
        ),
        fc.record({ enum: fc.uniqueArray(said, { minLength: 1, maxLength: 3 }) }),
      ),
      { minKeys: 1, maxKeys: 3 },
    ),
  },
  { requiredKeys: ['type', 'properties'] },
)

const option = fc.oneof(said, fc.integer(), fc.record({ value: said, label: said }))
const options = fc.uniqueArray(option, {
  minLength: 1,
  maxLength: 4,
  selector: (one) => String(typeof one === 'object' ? one.value : one),
})
const about = { label: said, help: plain, placeholder: plain, prefill: template, required: fc.boolean() }
const own = (type: string, rules: Readonly<Record<string, fc.Arbitrary<unknown>>> = {}) => {
  const keys: Record<string, fc.Arbitrary<unknown>> = { type: fc.constant(type), ...about, ...rules }
  return fc.record(keys, { requiredKeys: 'options' in rules ? ['type', 'options'] : ['type'] })
}
const field = fc.oneof(
  own('string', { pattern: fc.constantFrom('^a+$', '^[^: #]*$'), multiline: fc.boolean() }),
  own('string', {
    minimum: fc.nat(3),
    maximum: fc.integer({ min: 5, max: 9 }),
    default: fc.constantFrom('yes: ', '1234'),
  }),
  own('textarea'),
  own('number', { minimum: fc.integer({ max: 0 }), maximum: fc.integer({ min: 1 }), default: fc.constant(0.5) }),
  own('integer', { default: fc.integer() }),
  own('boolean', { default: fc.boolean() }),
  own('enum', { options }),
  own('array', { options, maximum: fc.nat(5) }),
  ...['date', 'datetime', 'time', 'email', 'url', 'hidden'].map((type) => own(type)),
)
const fields = fc
  .uniqueArray(fc.tuple(name, field), { minLength: 1, maxLength: 4, selector: ([key]) => key })
  .map((list) => list.map(([key, rest]) => ({ key, ...rest })))

const person = fc.constantFrom<Json>('a@b.co', { role: 'editor' }, { user: 'u: 1' }, { expr: "'c@d.co'" })
const people = fc.array(person, { minLength: 1, maxLength: 3 })
const retry = fc.record(
  {
    max_attempts: fc.integer({ min: 1, max: 20 }),
    interval: duration,
    backoff_rate: fc.constantFrom(1, 1.5, 2),
    max_delay: duration,
    jitter: fc.constantFrom(0, 0.2, 1),
    on: fc.constant(['http.timeout']),
  },
  { requiredKeys: [] },
)
const optional = (keys: Record<string, fc.Arbitrary<unknown>>, ...requiredKeys: string[]): fc.Arbitrary<object> =>
  fc.record(keys, { requiredKeys })

/** The parameters of each step type, with all that may stand there. */
const PARAMETERS: Readonly<Record<string, fc.Arbitrary<object>>> = {
  form: optional(
    { fields, title: template, description: template, assignee: person, public: fc.boolean(), timeout: duration },
    'fields',
  ),
  ai_generate: fc
    .tuple(
      fc.oneof(
        fc.record({ prompt: template }),
        optional(
          { template_id: fc.constantFrom('a', 'b@3'), variables: values.map(() => ({ a: '1 + 1' })) },
          'template_id',
        ),
      ),
      optional({
        provider: fc.constantFrom('openai', 'mock'),
        model: said,
        output_schema: schema,
        max_retries: fc.nat(10),
        checks: fc.array(condition, { maxLength: 2 }),
        temperature: fc.constantFrom(0, 0.7, 2),
        max_tokens: fc.integer({ min: 1, max: 9_999 }),
        timeout: fc.constantFrom('1ms', '1h', '90s'),
        retry,
      }),
    )
    .map(([asked, rest]) => ({ ...asked, ...rest })),
  api_call: optional(
    {
      method: fc.constantFrom('POST', 'put', 'PATCH'),
      url: fc.constantFrom('https://a.co/x?y=1#z', 'http://a.co/{{ 1 }}', '{{ "https://a.co" }}'),
      headers: fc.dictionary(
        fc.constantFrom('Accept', 'X-A'),
        fc.oneof(fc.constantFrom('a: b', '# x'), fc.integer(), fc.boolean()),
      ),
      query: values,
      body: json,
      timeout: fc.constantFrom('1ms', '1h', '31s'),
      success_when: condition,
      response_schema: schema,
      idempotent: fc.boolean(),
      retry: fc.oneof<fc.Arbitrary<unknown>[]>(retry, fc.integer({ min: 0, max: 19 }), fc.constant(false)),
    },
    'method',
    'url',
  ),
  set: values.map((given) => ({
    values: Object.fromEntries(
      Object.keys(given).map((key) => [key, given[key] === null ? null : ['x', given[key] ?? null]]),
    ),
  })),
  delay: fc.oneof(
    fc.record({ for: duration }),
    fc.record({ until: fc.constantFrom('2026-06-01', '2026-06-01T09:00:00Z') }),
  ),
  workflow: optional(
    { workflow: said.map((text) => text.trim()), inputs: values, timeout: duration, retry },
    'workflow',
  ),
  approval: optional(
    {
      approvers: people,
      policy: fc.constantFrom<Json>('any', 'all', 'sequential', { at_least: 1 }),
      message: template,
      show: fc.dictionary(key, fc.constantFrom('1 + 1', '{{ 1 }}: x'), { minKeys: 1, maxKeys: 2 }),
      priority: fc.constantFrom('low', 'normal', 'high'),
      timeout: duration,
      reminder: duration,
      on_timeout: fc.constantFrom('reject', 'fail', 'approve'),
      escalate_to: people,
      self_approval: fc.boolean(),
      confirm: fc.constantFrom('click', 'code', 'login'),
    },
    'approvers',
  ),
  conditional: fc.oneof(
    fc.record({ condition, if_true: fc.constant('end') }),
    optional(
      { cases: fc.array(fc.record({ when: condition, next: fc.constant(null) }), { minLength: 1, maxLength: 3 }) },
      'cases',
    ),
  ),
}

const common = { name: said, when: condition, on_error: fc.constant('fail') }

interface Draft {
  readonly type: string
  readonly rest: object
  readonly inner: Readonly<Record<string, readonly Draft[]>> | null
}

const plainStep: fc.Arbitrary<Draft> = fc
  .constantFrom(...Object.keys(PARAMETERS))
  .chain((type) =>
    fc
      .tuple(PARAMETERS[type] ?? fc.constant({}), optional(type === 'conditional' ? { name: said } : common))
      .map(([parameters, shared]) => ({ type, rest: { ...shared, ...parameters }, inner: null })),
  )
const { step } = fc.letrec<{ step: Draft }>((tie) => ({
  step: fc.oneof(
    { maxDepth: 2 },
    { arbitrary: plainStep, weight: 8 },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          fc.dictionary(
            fc.constantFrom('legal', 'price', 'on'),
            fc.array(tie('step'), { minLength: 1, maxLength: 2 }),
            { minKeys: 1 },
          ),
          optional({ ...common, join: fc.constantFrom<Json>('all', 'any', { at_least: 1 }), timeout: duration }),
        )
        .map(([inner, rest]) => ({ type: 'parallel', rest, inner })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          fc.array(tie('step'), { minLength: 1, maxLength: 2 }),
          optional(
            {
              ...common,
              items: fc.constant("['a: b', 2]"),
              as: fc.constantFrom('item', 'thing'),
              max_concurrency: fc.integer({ min: 1, max: 9 }),
            },
            'items',
          ),
        )
        .map(([steps, rest]) => ({ type: 'for_each', rest, inner: { steps } })),
    },
  ),
}))

/** Gives each step an id of its own, in the order in which they stand. */
function numbered(drafts: readonly Draft[], count: { next: number }): JsonObject[] {
  return drafts.map(({ type, rest, inner }) => {
    const id = count.next % 3 === 2 ? `my-step-${count.next++}` : `s${count.next++}`
    const lists =
      inner === null ? [] : Object.entries(inner).map(([key, steps]) => [key, numbered(steps, count)] as const)
    const held = type === 'parallel' ? { branches: Object.fromEntries(lists) } : Object.fromEntries(lists)
    return { id, type, ...rest, ...held } as JsonObject
  })
}

/** Workflows as somebody could send them, all valid, with every step type and everything that steps can say. */
export const writtenWorkflow: fc.Arbitrary<JsonObject> = fc
  .record(
    {
      name: said,
      description: plain,
      tags: fc.uniqueArray(short, { maxLength: 3 }),
      version: fc.oneof(fc.integer(), short),
      inputs: fc.oneof(fields as fc.Arbitrary<unknown>, schema),
      static: fc.dictionary(name, json, { maxKeys: 3 }),
      secrets: fc.constant(['CMS_API_KEY']),
      limits: optional({
        timeout: duration,
        idempotency: fc.constant('auto'),
        concurrency: optional({ max: fc.integer({ min: 1, max: 1_000 }), key: fc.constant('profile.user_id') }, 'max'),
      }),
      steps: fc.array(step, { minLength: 1, maxLength: 4 }).map((drafts) => numbered(drafts, { next: 0 })),
      outputs: json,
    },
    { requiredKeys: ['name', 'steps'] },
  )
  .map((workflow) => workflow as JsonObject)
