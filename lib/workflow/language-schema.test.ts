import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { BLUEPRINTS } from '#lib/blueprints/blueprints.ts'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { isJsonObject } from '../json.ts'
import { kindOf } from './assist/occurrences.ts'
import { openText } from './assist/open-text.ts'
import { valueAt } from './diagnostics.ts'
import { languageSchema } from './language-schema.ts'
import { parseText } from './parse.ts'
import { validateWorkflow } from './validate.ts'
import { slotsOf } from './validate-slots.ts'

const schema = languageSchema(stepCatalog)
const validate = new Ajv({ strict: false, allErrors: true }).compile(schema)

function problems(text: string): string[] {
  const { source } = parseText(text)
  if (source === null) throw new Error(`Not YAML: ${text}`)
  return validate(source.value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

const folder = join(import.meta.dirname, 'fixtures')
const texts = [
  ...readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => [file, readFileSync(join(folder, file), 'utf8')] as const),
  ...BLUEPRINTS.map(({ id, yaml }) => [id, yaml] as const),
  ...stepCatalog
    .list()
    .map(
      ({ type, example }) =>
        [`the example of ${type}`, `name: A\nsteps:\n  - ${example.replaceAll('\n', '\n    ')}`] as const,
    ),
]

describe('the schema of the language', () => {
  it.each(texts)('accepts %s', (_, text) => {
    expect(problems(text)).toEqual([])
  })

  const around = (step: string) =>
    `name: A\nsteps:\n  - id: a\n    ${step.trim().replaceAll('\n', '\n    ')}\n  - {id: b, type: form, fields: [{key: x}]}\n`

  it.each([
    ['flat keys and config mixed', 'type: approval\nconfig: {approvers: [a@b.co]}\ntimeout_hours: 4\nreminder: 2h'],
    [
      'one approver without a list',
      'type: approval\napprovers: {role: editor}\non_timeout: b\non_revise: {to: b, max: 2}',
    ],
    [
      'conditions as mappings',
      'type: conditional\nwhen: {all: [{field: x, operator: gt, value: 3}, "y"]}\nthen: b\nelse: null',
    ],
    ['cases', 'type: conditional\ncases: [{when: "x > 1", next: end}]\ndefault: b'],
    ['a retry as a number', 'type: api_call\nurl: https://example.com\nmethod: post\nretry: 3\ntimeout_s: 5'],
    [
      'a retry in full',
      'type: api_call\nurl: https://example.com\nretry: {max_attempts: 2, interval_s: 3, on: [ai.timeout]}',
    ],
    [
      'every spelling of a field',
      'type: form\nfields: [{name: a, type: dropdown, values: [x]}, {id: c, type: int, min: 1, max: 2}]',
    ],
    ['a delay', 'type: delay\nfor_hours: 3'],
    ['a delay until an instant', 'type: delay\nconfig: {until: "{{ x }}"}'],
    [
      'a called workflow',
      'type: workflow\nworkflow: Translate\ninputs: {n: 3, text: "{{ x }}"}\nretry: 2\ntimeout: 5m',
    ],
    ['stored prompts', 'type: ai_generate\ntemplate_id: x@2\nvariables: [topic]\njson_schema: {type: object}'],
  ])('accepts %s, as the parser does', (_, step) => {
    const text = around(step)
    const shape = validateWorkflow(text, stepCatalog).diagnostics.filter(
      ({ severity, code }) => severity === 'error' && code !== 'variable.unknown',
    )
    expect(shape).toEqual([])
    expect(problems(text)).toEqual([])
  })

  it.each([
    ['an unknown key of the workflow', 'name: A\nstep: []\nsteps: [{id: a, type: form, fields: [{key: x}]}]'],
    ['no steps', 'name: A'],
    ['no name', 'steps: [{id: a, type: form, fields: [{key: x}]}]'],
    ['steps that are no list', 'name: A\nsteps: {a: {type: form}}'],
    ['an unknown type', around('type: fomr')],
    ['a step without type', around('name: B')],
    ['a type that is not there yet', around('type: notify\nchannel: slack')],
    ['a key of another type', around('type: form\nfields: [{key: x}]\nprompt: Hello')],
    ['a slip in a key', around('type: ai_generate\npromt: Hello')],
    ['a slip inside config', around('type: ai_generate\nconfig: {promt: Hello}')],
    ['next inside config', around('type: ai_generate\nconfig: {prompt: Hello, next: b}')],
    ['a missing parameter', around('type: form')],
    ['a parameter of the wrong type', around('type: form\nfields: topic')],
    ['an unknown field type', around('type: form\nfields: [{key: x, type: strnig}]')],
    ['an unknown key of a field', around('type: form\nfields: [{key: x, requird: true}]')],
    ['a field without a key', around('type: form\nfields: [{type: string}]')],
    ['a duration without unit', around('type: approval\napprovers: [a@b.co]\ntimeout: 3')],
    ['a duration that is none', around('type: approval\napprovers: [a@b.co]\ntimeout: soon')],
    ['a delay without unit', around('type: delay\nfor: 3')],
    ['a workflow that is not named', around('type: workflow\ninputs: {a: 1}')],
    ['an unknown provider', around('type: ai_generate\nprompt: Hello\nprovider: skynet')],
    ['an unknown operator', around('type: conditional\ncondition: {field: x, operator: over, value: 3}\nthen: b')],
    ['an approver that is none', around('type: approval\napprovers: [{group: editors}]')],
    ['an unknown policy', around('type: approval\napprovers: [a@b.co]\npolicy: most')],
    ['a trigger that is none', `triggers: [{cron: x}]\n${around('type: form\nfields: [{key: x}]')}`],
    ['no runs at once', `limits: {concurrency: {max: 0}}\n${around('type: form\nfields: [{key: x}]')}`],
    ['concurrency without its number', `limits: {concurrency: {}}\n${around('type: form\nfields: [{key: x}]')}`],
    ['an unknown limit', `limits: {time: 3h}\n${around('type: form\nfields: [{key: x}]')}`],
  ])('flags %s, as the parser does', (_, text) => {
    expect(validateWorkflow(text, stepCatalog).definition).toBeNull()
    expect(problems(text).length).toBeGreaterThan(0)
  })

  it('accepts a limit of runs at once, as the parser does', () => {
    const text = `limits: {concurrency: {max: 5, key: profile.user_id}}\n${around('type: form\nfields: [{key: x}]')}`
    expect(validateWorkflow(text, stepCatalog).definition).not.toBeNull()
    expect(problems(text)).toEqual([])
  })

  it('says of every key what it is for, wherever it may stand', () => {
    const silent: string[] = []
    const visit = (part: unknown, path: string): void => {
      if (Array.isArray(part)) for (const [i, one] of part.entries()) visit(one, `${path}[${i}]`)
      if (!isJsonObject(part)) return
      const { properties, ...rest } = part
      // A branch of which keys are required names these without more ado.
      const about = isJsonObject(properties) && part.additionalProperties === false ? properties : {}
      for (const [key, one] of Object.entries(about)) {
        if (!isJsonObject(one) || typeof one.description !== 'string') silent.push(`${path}.${key}`)
      }
      for (const [key, one] of Object.entries({ ...rest, ...(isJsonObject(properties) ? properties : {}) })) {
        if (!['default', 'enum', 'defaultSnippets', 'required'].includes(key)) visit(one, `${path}.${key}`)
      }
    }
    visit(schema, '')
    expect(silent).toEqual([])
  })

  it('says what holds where nothing is given', () => {
    const defaults: unknown[] = []
    JSON.stringify(schema, (_, part: unknown) => {
      if (isJsonObject(part) && part.default !== undefined) defaults.push([part.title, part.default])
      return part
    })
    for (const one of [
      ['Required', false],
      ['Policy', 'any'],
      ['Confirmation', 'click'],
      ['Re-asks', 2],
      ['Method', 'GET'],
      ['Join', 'all'],
    ])
      expect(defaults).toContainEqual(one)
  })

  it('knows every expression and template of a step', () => {
    for (const [name, text] of texts) {
      const open = openText(text, { catalog: stepCatalog })
      const { steps = [] } = open?.facts ?? {}
      const slots = steps.flatMap((draft) =>
        slotsOf(draft).flatMap(({ path, source }) => {
          const place = draft.at(path)
          return open && valueAt(open.source.value, place) === source ? [JSON.stringify(place)] : []
        }),
      )
      const known = open?.scalars().filter((at) => kindOf(at, String(at.node.value)) !== null) ?? []
      const places = known.map(({ path }) => JSON.stringify(path))
      expect(places, name).toEqual(expect.arrayContaining(slots))
    }
  })

  it('refers to nothing that is not there', () => {
    const definitions = Object.keys(schema.definitions as object)
    const named = [...JSON.stringify(schema).matchAll(/"#\/definitions\/(\w+)"/g)].map(([, name]) => name)
    expect(named.filter((name) => !definitions.includes(name ?? ''))).toEqual([])
  })
})
