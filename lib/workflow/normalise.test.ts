import { describe, expect, it } from 'vitest'
import { canonical, flow, judge, only } from './validate-testkit.ts'

const FORM = 'id: ask\ntype: form\nfields: [{key: topic}]'
const CALL = 'id: call\ntype: api_call\nurl: https://a.co'
const top = (extra: string) =>
  `name: Test\nstart_step: ask\n${extra}\nsteps:\n  - {id: ask, type: form, fields: [{key: topic}]}\n`

describe('both styles', () => {
  it('come to the same', () => {
    const flat = canonical(
      flow(
        'id: a\ntype: ai_generate\nprompt: Hi\njson_schema: {type: object, properties: {b: {type: string}}}\ntimeout: 2m',
      ),
    )
    const config = canonical(
      flow(
        'id: a\ntype: ai_generate\nconfig:\n  prompt: Hi\n  output_schema: {type: object, properties: {b: {type: string}}}\n  timeout_s: 120',
      ),
    )
    const mixed = canonical(
      flow(
        'id: a\ntype: ai_generate\nprompt: Hi\nconfig:\n  output_schema: {type: object, properties: {b: {type: string}}}\n  timeout: PT2M',
      ),
    )
    expect(config).toEqual(flat)
    expect(mixed).toEqual(flat)
    expect(flat.steps[0]?.config).toMatchObject({ prompt: 'Hi', timeout_ms: 120_000, max_retries: 2 })
  })

  it('may also be written as JSON', () => {
    const yaml = flow(FORM)
    const json = JSON.stringify({
      name: 'Test',
      start_step: 'ask',
      steps: [{ id: 'ask', type: 'form', config: { fields: [{ name: 'topic' }] } }],
    })
    expect(canonical(json)).toEqual(canonical(yaml))
  })

  it.each([
    [
      'the same key in both',
      'id: a\ntype: api_call\nurl: https://a.co\nconfig:\n  url: https://b.co',
      "step.exclusive_keys 'url'",
    ],
    [
      'a key and its alias',
      'id: a\ntype: ai_generate\nprompt: x\njson_schema: {}\noutput_schema: {}',
      "step.exclusive_keys 'output_schema'",
    ],
    ['two spellings of one duration', `${CALL}\ntimeout: 3s\ntimeout_s: 3`, "step.exclusive_keys 'timeout_s'"],
    [
      'the id inside config',
      'id: a\ntype: api_call\nurl: https://a.co\nconfig: {next: end}',
      "step.unknown_key 'next'",
    ],
    ['config that is a list', 'id: a\ntype: api_call\nurl: https://a.co\nconfig: []', "step.wrong_type 'config'"],
  ])('refuse %s', (_, step, expected) => {
    expect(judge(flow(step)).errors).toEqual([expected])
  })

  it('let retry and output_key stand inside config too', () => {
    expect(
      canonical(flow('id: a\ntype: api_call\nconfig: {url: "https://a.co", retry: 1, output_key: b}')).steps[0],
    ).toMatchObject({
      retry: { max_attempts: 2 },
      output_key: 'b',
    })
  })
})

describe('the keys of a workflow', () => {
  it('all have their place', () => {
    const definition = canonical(
      top(
        'description: D\nversion: 2\ntags: [a, b, a]\nstatic: {company: Acme}\nsecrets: [CMS_KEY]\nlimits: {timeout: 14d, idempotency: auto}\noutputs: {title: "{{ topic }}"}',
      ),
    )
    expect(definition).toMatchObject({
      ir: 1,
      name: 'Test',
      description: 'D',
      label: 2,
      tags: ['a', 'b'],
      start: 'ask',
      inputs: null,
      static: { company: 'Acme' },
      secrets: ['CMS_KEY'],
      limits: { timeout_ms: 1_209_600_000, idempotency: 'auto' },
      outputs: { title: '{{ topic }}' },
    })
  })

  it.each([
    ['no name', 'steps: [{id: a, type: form, fields: [{key: b}]}]', "workflow.missing_key 'steps'"],
    ['an empty name', 'name: ""\nsteps: []', `workflow.wrong_type '""'`],
    ['a name that is no text', 'name: 5\nsteps: [{id: a, type: form, fields: [{key: b}]}]', "workflow.wrong_type '5'"],
    ['no steps', 'name: x', "workflow.missing_key 'name'"],
    ['steps that are none', 'name: x\nsteps: {}', "workflow.wrong_type 'steps'"],
    ['an empty list of steps', 'name: x\nsteps: []', "workflow.wrong_type 'steps'"],
    ['a list', '- a', "workflow.wrong_type '- a'"],
    ['an unknown key', top('owner: me'), "workflow.unknown_key 'owner'"],
    ['a version that is a mapping', top('version: {}'), "workflow.wrong_type 'version'"],
    ['tags that are no list', top('tags: a'), "workflow.wrong_type 'a'"],
    ['tags that are no texts', top('tags: [1]'), "workflow.wrong_type '1'"],
    ['a secret with its value', top('secrets: [A=b]'), "workflow.wrong_type 'A=b'"],
    ['static that is a list', top('static: [a]'), "workflow.wrong_type 'static'"],
    ['static names that cannot be reached', top('static: {my-key: a}'), "static.bad_name 'my-key'"],
    ['limits that are no mapping', top('limits: 5'), "workflow.wrong_type '5'"],
    ['an unknown limit', top('limits: {time: 5s}'), "limits.unknown_key 'time'"],
    ['a limit without unit', top('limits: {timeout: 5}'), "duration.invalid '5'"],
    ['a limit twice', top('limits: {timeout: 5s, timeout_s: 5}'), "workflow.exclusive_keys 'timeout_s'"],
    ['idempotency of another kind', top('limits: {idempotency: always}'), "workflow.wrong_type 'always'"],
    ['concurrency that is a number', top('limits: {concurrency: 5}'), "workflow.wrong_type '5'"],
    ['concurrency without its number', top('limits: {concurrency: {key: topic}}'), "workflow.wrong_type 'concurrency'"],
    ['no runs at once', top('limits: {concurrency: {max: 0}}'), "workflow.wrong_type '0'"],
    ['half a run at once', top('limits: {concurrency: {max: 1.5}}'), "workflow.wrong_type '1.5'"],
    ['too many runs at once', top('limits: {concurrency: {max: 1001}}'), "workflow.wrong_type '1001'"],
    ['an unknown key of concurrency', top('limits: {concurrency: {max: 1, keys: a}}'), "limits.unknown_key 'keys'"],
    ['a key that is no text', top('limits: {concurrency: {max: 1, key: 5}}'), "workflow.wrong_type '5'"],
    ['inputs of another kind', top('inputs: topic'), "inputs.wrong_type 'topic'"],
    [
      'a start that is no step',
      top('').replace('start_step: ask', 'start_step: aks'),
      "workflow.unknown_start_step 'aks'",
    ],
    ['triggers under both names', top('on: []\ntriggers: []'), "workflow.exclusive_keys 'on'"],
    ['triggers that are no list', top('on: {}'), "workflow.wrong_type 'on'"],
    ['a trigger that is two', top('on: [{event: {}, webhook: {}}]'), "workflow.wrong_type '{event: {}, webhook: {}}'"],
  ])('refuses %s', (_, text, expected) => {
    expect(judge(text).errors).toContain(expected)
  })

  it.each([
    ['triggers', 'triggers: [{schedule: {cron: "0 9 * * 1-5"}}]'],
    ['on', 'on: [{event: {type: order.created}}, {webhook: {path: x}}]'],
    ['budget', 'limits: {budget: {usd: 2}}'],
  ])('saves %s with a warning', (key, extra) => {
    expect(judge(top(extra))).toEqual({ errors: [], warnings: [`not_yet_effective '${key}'`] })
  })

  it('names the nearest known key', () => {
    expect(only(top('imputs: []'), 'workflow.unknown_key').hint).toBe('Did you mean inputs?')
    expect(only(top('startStep: a'), 'workflow.unknown_key').hint).toBe('Did you mean start_step?')
    expect(only(top('xyzzy: a'), 'workflow.unknown_key').hint).toBeUndefined()
  })

  it('says so when the start is not given, with a fix', () => {
    const text = `name: Test\nsteps:\n  - {id: ask, type: form, fields: [{key: topic}]}\n`
    const { message, fix } = only(text, 'workflow.start_step_missing')
    expect(message).toContain('ask')
    expect(fix?.edits).toEqual([{ line: 1, column: 11, endLine: 1, endColumn: 11, newText: '\nstart_step: ask' }])
    expect(canonical(text).start).toBe('ask')
  })

  it('refuses more than 500 steps', () => {
    const steps = Array.from({ length: 501 }, (_, i) => `  - id: s${i}\n    type: set\n    values: {a: "1"}`).join('\n')
    expect(judge(`name: x\nsteps:\n${steps}\n`).errors).toEqual(["workflow.too_many_steps 'id'"])
  })
})

describe('inputs', () => {
  it('speak the language of form fields', () => {
    expect(
      canonical(top('inputs: [{key: topic, type: text, required: true}, {name: tone, options: [a, b]}]')).inputs,
    ).toMatchObject({
      fields: [
        { key: 'topic', type: 'string', label: 'Topic', required: true },
        { key: 'tone', type: 'enum', options: [{ value: 'a' }, { value: 'b' }] },
      ],
      schema: { required: ['topic'], additionalProperties: false },
    })
  })

  it('or are a JSON Schema, which stays as it is', () => {
    const { inputs } = canonical(
      top(
        'inputs: {type: object, required: [a], properties: {a: {type: string, format: email, title: Who}, b: {enum: [1, 2]}, c: {type: [integer, "null"], default: 3, description: Why}, d: {type: object}}}',
      ),
    )
    expect(inputs?.fields).toEqual([
      { key: 'a', type: 'email', label: 'Who', required: true },
      {
        key: 'b',
        type: 'enum',
        label: 'B',
        required: false,
        options: [
          { value: 1, label: '1' },
          { value: 2, label: '2' },
        ],
      },
      { key: 'c', type: 'integer', label: 'C', required: false, default: 3, help: 'Why' },
      { key: 'd', type: 'string', label: 'D', required: false },
    ])
    expect(inputs?.schema.required).toEqual(['a'])
  })

  it.each([
    ['a schema of something else', 'inputs: {type: array}', "inputs.wrong_type 'array'"],
    ['a schema without type', 'inputs: {properties: {}}', "inputs.wrong_type 'inputs'"],
    ['a keyword that is none', 'inputs: {type: object, propertys: {}}', "schema.keyword 'propertys'"],
    ['names that cannot be reached', 'inputs: {type: object, properties: {a-b: {}}}', "inputs.bad_key 'a-b'"],
  ])('refuse %s', (_, extra, expected) => {
    expect(judge(top(extra)).errors.map((e) => e.replace(/^schema\.\w+/, 'schema.keyword'))).toEqual([expected])
  })
})

describe('step ids', () => {
  it('may be written in any case, and so may what refers to them', () => {
    const definition = canonical(
      `name: x\nstart_step: Ask\nsteps:\n  - {id: ASK, type: form, fields: [{key: a}], next: Done}\n  - {id: done, type: set, values: {b: "1"}}\n`,
    )
    expect(definition.start).toBe('ask')
    expect(definition.steps.map(({ id, next }) => [id, next])).toEqual([
      ['ask', 'done'],
      ['done', null],
    ])
  })

  it.each([
    ['../../etc', 'step.bad_id \'"../../etc"\''],
    ['constructor', 'step.bad_id \'"constructor"\''],
    ['__proto__', 'step.bad_id \'"__proto__"\''],
    ['toString', 'step.bad_id \'"toString"\''],
    ['steps', 'step.bad_id \'"steps"\''],
    ['runtime', 'step.bad_id \'"runtime"\''],
    ['end', 'step.bad_id \'"end"\''],
    ['1st', 'step.bad_id \'"1st"\''],
    ['a b', 'step.bad_id \'"a b"\''],
    ['', 'step.bad_id \'""\''],
    ['a'.repeat(64), `step.bad_id '"${'a'.repeat(64)}"'`],
  ])('refuse %j', (id, expected) => {
    expect(
      judge(
        `name: x\nstart_step: b\nsteps:\n  - {id: "${id}", type: set, values: {a: "1"}}\n  - {id: b, type: set, values: {a: "1"}}`,
      ).errors,
    ).toEqual([expected])
  })

  it.each([
    ['missing', '{type: set, values: {a: "1"}}', 'step.missing_key \'{type: set, values: {a: "1"}}\''],
    ['a number', '{id: 5, type: set, values: {a: "1"}}', "step.bad_id '5'"],
    ['taken, in another case', '{id: B, type: set, values: {a: "1"}}', "step.duplicate_id 'B'"],
  ])('refuse one that is %s', (_, step, expected) => {
    expect(
      judge(`name: x\nstart_step: b\nsteps:\n  - {id: b, type: set, values: {a: "1"}}\n  - ${step}\n`).errors,
    ).toEqual([expected])
  })

  it('refuse steps that are no mappings', () => {
    expect(judge('name: x\nstart_step: b\nsteps: [{id: b, type: set, values: {a: "1"}}, hello]').errors).toEqual([
      "step.wrong_type 'hello'",
    ])
  })
})

describe('keys that every step has', () => {
  it('come to one form', () => {
    const [step] = canonical(
      flow(
        `${CALL}\nname: Call it\nwhen: runtime.a is defined\nretry: 2\noutput_key: answer\non_error: Done`,
        'id: done\ntype: set\nvalues: {a: "1"}',
      ),
    ).steps
    expect(step).toMatchObject({
      name: 'Call it',
      when: 'runtime.a is defined',
      output_key: 'answer',
      on_error: 'done',
      next: 'done',
      retry: { max_attempts: 3 },
    })
  })

  it.each([
    ['absent', '', 'b'],
    ['null', 'next: null', null],
    ['end', 'next: end', null],
    ['a step', 'next: c', 'c'],
  ])('next: %s', (_, next, expected) => {
    const [first] = canonical(
      flow(
        `id: a\ntype: set\nvalues: {x: "1"}\nwhen: "true"\non_error: b\n${next}`,
        'id: b\ntype: set\nvalues: {y: "1"}\non_error: c',
        'id: c\ntype: set\nvalues: {z: "1"}',
      ),
    ).steps
    expect(first?.next).toBe(expected)
  })

  it('give the timeout to types that have none of their own', () => {
    expect(canonical(flow('id: a\ntype: set\nvalues: {x: "1"}\ntimeout_minutes: 2')).steps[0]?.timeout_ms).toBe(120_000)
    expect(canonical(flow(`${CALL}\ntimeout_hours: 1`)).steps[0]).toMatchObject({
      timeout_ms: null,
      config: { timeout_ms: 3_600_000 },
    })
  })

  it('read a condition in any form as a guard', () => {
    expect(canonical(flow(`${CALL}\nwhen: {field: runtime.a, operator: gt, value: 1}`)).steps[0]?.when).toBe(
      'runtime.a > 1',
    )
    expect(canonical(flow(`${CALL}\nwhen: true`)).steps[0]?.when).toBe('true')
    expect(canonical(flow(`${CALL}\nwhen: null`)).steps[0]?.when).toBeNull()
  })

  it('put an output that is no object under a key', () => {
    expect(canonical(flow('id: a\ntype: ai_generate\nprompt: x')).steps[0]?.output_key).toBe('a')
    expect(canonical(flow('id: a\ntype: ai_generate\nprompt: x\noutput_key: b')).steps[0]?.output_key).toBe('b')
    expect(
      canonical(flow('id: a\ntype: ai_generate\nprompt: x\noutput_schema: {type: array}')).steps[0]?.output_key,
    ).toBe('a')
    expect(
      canonical(flow('id: a\ntype: ai_generate\nprompt: x\noutput_schema: {type: object}')).steps[0]?.output_key,
    ).toBeNull()
  })

  it.each([
    ['an unknown key', 'needs: [a]', "step.unknown_key 'needs'"],
    ['a name that is none', 'name: 5', "step.wrong_type '5'"],
    ['next that is none', 'next: 5', "step.wrong_type '5'"],
    ['next that is empty', 'next: ""', `step.wrong_type '""'`],
    ['an error handler that is none', 'on_error: []', "step.wrong_type 'on_error'"],
    ['an error handler that would end quietly', 'on_error: end', "step.wrong_type 'end'"],
    ['a guard that is none', 'when: 5', "condition.wrong_type '5'"],
    ['an output key that is none', 'output_key: 5', "step.wrong_type '5'"],
    ['a reserved output key', 'output_key: steps', "step.wrong_type 'steps'"],
    ['a negative timeout', 'timeout: -1', "duration.invalid '-1'"],
    ['a negative timeout with unit', 'timeout_s: -1', "duration.invalid '-1'"],
    ['endless retries', 'retry: 1e9', "step.wrong_type '1e9'"],
    ['endless attempts', 'retry: {max_attempts: 1e9}', "step.wrong_type '1e9'"],
    ['an unknown key of retry', 'retry: {maxAttempts: 3}', "step.unknown_key 'maxAttempts'"],
    ['retry that is a text', 'retry: often', "step.wrong_type 'often'"],
    ['a backoff that shrinks', 'retry: {backoff_rate: 0.5}', "step.wrong_type '0.5'"],
    ['jitter above all', 'retry: {jitter: 2}', "step.wrong_type '2'"],
    ['codes that are none', 'retry: {on: ai.timeout}', "step.wrong_type 'ai.timeout'"],
    ['an interval that is none', 'retry: {interval: soon}', "duration.invalid 'soon'"],
  ])('refuse %s', (_, key, expected) => {
    expect(judge(flow(`${CALL}\n${key}`)).errors).toEqual([expected])
  })

  it.each([
    ['retry: 0', { max_attempts: 1 }],
    ['retry: 3', { max_attempts: 4, interval_ms: 1_000, backoff_rate: 2 }],
    ['retry: null', { max_attempts: 1 }],
    [
      'retry: {max_attempts: 5, interval: 2s, backoff_rate: 3, max_delay_s: 30, jitter: 0, on: [http.timeout]}',
      { max_attempts: 5, interval_ms: 2_000, backoff_rate: 3, max_delay_ms: 30_000, jitter: 0, on: ['http.timeout'] },
    ],
  ])('%s', (key, expected) => {
    expect(canonical(flow(`${CALL}\n${key}`)).steps[0]?.retry).toMatchObject(expected)
  })

  it('say what is not honoured yet', () => {
    expect(judge(flow(`${CALL}\ndepends_on: [x]`))).toEqual({
      errors: [],
      warnings: ["not_yet_effective 'depends_on'"],
    })
  })
})

describe('step types', () => {
  it.each(['notify', 'load', 'action', 'code'])('%s is known and cannot run yet', (type) => {
    expect(judge(flow(`id: a\ntype: ${type}\nwhatever: 1`)).errors).toEqual([`step.type_unavailable '${type}'`])
  })

  it.each([
    ['noop', undefined],
    ['aproval', 'Did you mean approval?'],
    ['ai', 'Did you mean ai_generate?'],
    ['apiCall', 'Did you mean api_call?'],
    ['foreach', 'Did you mean for_each?'],
  ])('%s is unknown', (type, hint) => {
    expect(only(flow(`id: a\ntype: ${type}`), 'step.type_unknown').hint).toBe(hint)
  })

  it('must be given', () => {
    expect(judge(flow('id: a\nprompt: x')).errors).toEqual(["step.missing_key 'id'"])
    expect(judge(flow('id: a\ntype: [form]')).errors).toEqual(["step.missing_key 'type'"])
  })
})
