import { describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import type { Step } from './definition.ts'
import { canonical, judge } from './validate-testkit.ts'

/** The canonical form of one step, whatever surrounds it. */
function stepOf(parameters: JsonObject, style: 'short' | 'config', write: (value: Json) => string): Step {
  const { id = 'a', type, name, next, ...rest } = parameters
  const outside = Object.fromEntries(
    Object.entries({ id, type, name, next }).filter(([, value]) => value !== undefined),
  )
  const step = style === 'short' ? { ...outside, ...rest } : { ...outside, config: rest }
  const more = [{ id: 'b', type: 'set', values: { y: 1 } }]
  const { steps } = canonical(write({ name: 'Test', inputs: INPUTS, start_step: 'a', steps: [step as Json, ...more] }))
  const [first] = steps
  if (first === undefined) throw new Error('no step')
  return first
}

const INPUTS: readonly Json[] = [
  { key: 'topic', required: true },
  { key: 'score', type: 'number', required: true },
]
const WRITERS: readonly (readonly [string, (value: Json) => string])[] = [
  ['YAML', (value) => stringify(value)],
  ['JSON', (value) => JSON.stringify(value)],
]

const yaml = (text: string) => parse(text) as JsonObject
const form = (field: string) => yaml(`{type: form, fields: [${field}]}`)
const ask = (more: string) => yaml(`{type: approval, approvers: [a@b.co], ${more}}`)
const ai = (more: string) => yaml(`{type: ai_generate, ${more}}`)
const call = (more: string) => yaml(`{type: api_call, url: "https://a.co", ${more}}`)
const choose = (more: string) => yaml(`{type: conditional, ${more}}`)

/** Each row: what is said, and every way of saying it that the language takes. */
const ROWS: readonly (readonly [string, ...JsonObject[]])[] = [
  ['the key of a field', form('{key: size}'), form('{name: size}'), form('{id: size}')],
  ['string', form('{key: t, type: string}'), form('{key: t, type: text}'), form('{key: t}')],
  ['a text of several lines', form('{key: t, type: string, multiline: true}'), form('{key: t, type: textarea}')],
  [
    'enum',
    form('{key: t, type: enum, options: [x, y]}'),
    ...['dropdown', 'select', 'radio', 'string', 'text'].map((type) =>
      form(`{key: t, type: ${type}, options: [x, y]}`),
    ),
    form('{key: t, enum: [x, y]}'),
    form('{key: t, values: [x, y]}'),
    form('{key: t, options: [{label: x, value: x}, {value: y}]}'),
  ],
  ['array', form('{key: t, type: array, options: [x]}'), form('{key: t, type: multiselect, values: [x]}')],
  ['boolean', form('{key: t, type: boolean}'), form('{key: t, type: bool}'), form('{key: t, type: checkbox}')],
  ['integer', form('{key: t, type: integer}'), form('{key: t, type: int}')],
  ['number', form('{key: t, type: number}'), form('{key: t, type: Number}')],
  ...['date', 'datetime', 'time', 'email', 'url', 'hidden'].map((type): [string, JsonObject, JsonObject] => [
    type,
    form(`{key: t, type: ${type}}`),
    form(`{id: t, type: ${type.toUpperCase()}, required: false}`),
  ]),
  [
    'bounds',
    form('{key: t, type: number, minimum: 1, maximum: 3}'),
    form('{key: t, type: number, min: 1, max: 3}'),
    form('{key: t, type: number, min: 1, maximum: 3, required: false}'),
  ],
  ['an output schema', ai('prompt: x, output_schema: {type: object}'), ai('prompt: x, json_schema: {type: object}')],
  [
    'a stored prompt with its version',
    ai('template_id: post, template_version: 2, variables: {topic: topic}'),
    ai('template_id: post@2, variables: [topic]'),
    ai('template_id: post@2, variables: {topic: topic}'),
  ],
  [
    'a condition',
    choose('condition: score > 3, if_true: end'),
    choose('when: score > 3, if_true: end'),
    choose('condition: score > 3, then: end'),
    choose('when: score > 3, then: null'),
    choose('condition: {field: score, operator: gt, value: 3}, if_true: END'),
  ],
  [
    'both branches',
    choose('condition: score > 3, if_true: end, if_false: b'),
    choose('when: {field: score, operator: gt, value: 3}, then: null, else: B'),
  ],
  [
    'a condition of several',
    choose("condition: (score > 3) and ((topic == 'x') or (score <= 1)), if_true: end"),
    choose(
      'when: {all: [score > 3, {any: [{field: topic, value: x}, {field: score, operator: lte, value: 1}]}]}, then: end',
    ),
  ],
  ...(
    [
      ['eq', 'score == 3'],
      ['neq', 'score != 3'],
      ['gt', 'score > 3'],
      ['gte', 'score >= 3'],
      ['lt', 'score < 3'],
      ['lte', 'score <= 3'],
    ] as const
  ).map(([operator, expression]): [string, JsonObject, JsonObject] => [
    operator,
    choose(`condition: ${expression}, if_true: end`),
    choose(`condition: {field: score, operator: ${operator}, value: 3}, if_true: end`),
  ]),
  [
    'in',
    choose("condition: \"topic in ['x', 'y']\", if_true: end"),
    choose('condition: {field: topic, operator: in, value: [x, y]}, if_true: end'),
  ],
  [
    'contains',
    choose('condition: "contains(topic, \'x\')", if_true: end'),
    choose('condition: {field: topic, operator: contains, value: x}, if_true: end'),
  ],
  [
    'a way that is not given',
    yaml('{type: set, values: {x: 1}}'),
    yaml('{type: set, values: {x: 1}, next: b}'),
    yaml('{type: set, values: {x: 1}, next: B}'),
  ],
  [
    'a duration',
    ask('timeout: 36h'),
    ...['1d12h', 'P1DT12H', 'PT36H', '2160m', '1.5d'].map((text) => ask(`timeout: ${text}`)),
    ask('timeout_hours: 36'),
    ask('timeout_s: 129600'),
    ask('timeout_seconds: "129600"'),
    ask('timeout_minutes: 2160'),
    ask('timeout_days: 1.5'),
    ask('timeout_ms: 129600000'),
  ],
  ['a reminder', ask('reminder: 12h'), ask('reminder_hours: 12')],
  ['the timeout of a call', call('timeout: 10s'), call('timeout_s: 10'), call('timeout: PT10S')],
  [
    'repeats',
    call('retry: {max_attempts: 4}'),
    call('retry: 3'),
    call('retry: {max_attempts: 4, interval: 1s, backoff_rate: 2, max_delay: 1m, jitter: 0.2}'),
    call('retry: {interval_s: 1, max_delay_s: 60}'),
  ],
  [
    'an approver',
    yaml('{type: approval, approvers: [{email: a@b.co}]}'),
    yaml('{type: approval, approvers: [a@b.co]}'),
    yaml('{type: approval, approvers: a@b.co}'),
  ],
  ['what is shown', ask('show: {topic: topic, score: runtime.score}'), ask('show: [topic, runtime.score]')],
  ['a revision', ask('on_revise: {to: a, max: 3}'), ask('on_revise: a'), ask('on_revise: {to: A}')],
  ['what a rejection does', ask('on_reject: fail'), ask('on_reject: null'), ask('')],
  ['a method', call('method: POST'), call('method: post')],
]

describe.each(ROWS.map(([about, ...ways]) => ({ about, ways })))('$about', ({ ways }) => {
  const expected = stepOf(ways[0] ?? {}, 'short', (value) => stringify(value))

  it.each(WRITERS)('comes to one form however it is written, in both styles, in %s', (_name, write) => {
    for (const parameters of ways) {
      for (const style of ['short', 'config'] as const) expect(stepOf(parameters, style, write)).toEqual(expected)
    }
  })

  it('says each thing once', () => {
    for (const { type, ...parameters } of ways) {
      for (const [key, value] of Object.entries(parameters)) {
        if (key === 'next') continue
        const step = { id: 'a', type: type ?? null, ...parameters, config: { [key]: value } }
        const text = stringify({
          name: 'Test',
          inputs: INPUTS,
          start_step: 'a',
          steps: [step, { id: 'b', type: 'set', values: { y: 1 } }],
        })
        expect(judge(text).errors.map((each) => each.split(' ')[0])).toContain('step.exclusive_keys')
      }
    }
  })
})

describe('the workflow itself', () => {
  it.each([
    ['a timeout', 'limits: {timeout: 14d}', 'limits: {timeout_days: 14}', 'limits: {timeout: P2W}'],
    ['inputs', 'inputs: [{key: n, type: integer}]', 'inputs: [{name: n, type: int, required: false}]'],
    ['a start', 'start_step: a', 'start_step: A', 'start_step: " a "'],
    ['nothing', 'tags: []', 'secrets: null', 'description: null', 'static: {}', 'limits: {}', 'outputs: null'],
  ])('%s', (_, ...ways) => {
    const steps = 'steps: [{id: a, type: set, values: {x: 1}}]'
    const forms = ways.map((way) => canonical(`name: Test\n${way}\n${steps}\n`))
    for (const one of forms) expect(one).toEqual(forms[0])
  })

  it('keeps to the letter what stands in it', () => {
    const text = 'name: "Quoted"   # why\r\nsteps:\r\n  - {type: set, id: A, values: {b: 1, a: 2}}\r\n'
    expect(Object.keys(canonical(text).steps[0]?.config.values ?? {})).toEqual(['b', 'a'])
  })
})

it('the rows are about what they say they are', () => {
  expect(ROWS.length).toBeGreaterThan(30)
  expect(ROWS.every(([, ...ways]) => ways.length > 1 && ways.every(isJsonObject))).toBe(true)
})
