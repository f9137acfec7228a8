import { describe, expect, it } from 'vitest'
import type { Field } from './definition.ts'
import { canonical, flow, judge, only } from './validate-testkit.ts'

const form = (...fields: string[]) =>
  flow(`id: ask\ntype: form\nfields:\n${fields.map((field) => `  - ${field}`).join('\n')}`)
const read = (field: string) => (canonical(form(field)).steps[0]?.config.fields as unknown as Field[] | undefined)?.[0]

describe('a field', () => {
  it.each<[string, Partial<Field>]>([
    ['{key: a}', { key: 'a', type: 'string', label: 'A', required: false }],
    ['{name: word_count, type: number}', { key: 'word_count', label: 'Word count', type: 'number' }],
    ['{id: a, label: Who?}', { key: 'a', label: 'Who?' }],
    ['{key: a, type: text}', { type: 'string' }],
    ['{key: a, type: textarea}', { type: 'string', multiline: true }],
    ['{key: a, type: string, multiline: true}', { type: 'string', multiline: true }],
    ['{key: a, type: dropdown, options: [x]}', { type: 'enum', options: [{ value: 'x', label: 'x' }] }],
    ['{key: a, type: select, values: [{label: X, value: 1}]}', { type: 'enum', options: [{ value: 1, label: 'X' }] }],
    [
      '{key: a, type: radio, enum: [true, false]}',
      {
        type: 'enum',
        options: [
          { value: true, label: 'true' },
          { value: false, label: 'false' },
        ],
      },
    ],
    ['{key: a, type: string, enum: [x]}', { type: 'enum' }],
    ['{key: a, options: [x]}', { type: 'enum' }],
    [
      '{key: a, type: multiselect, options: [x, {value: y}]}',
      {
        type: 'array',
        options: [
          { value: 'x', label: 'x' },
          { value: 'y', label: 'y' },
        ],
      },
    ],
    ['{key: a, type: checkbox}', { type: 'boolean' }],
    ['{key: a, type: bool}', { type: 'boolean' }],
    ['{key: a, type: int}', { type: 'integer' }],
    ['{key: a, type: Number, min: 1, max: 2}', { type: 'number', minimum: 1, maximum: 2 }],
    ['{key: a, type: number, minimum: 1, maximum: 2, default: 1.5}', { minimum: 1, maximum: 2, default: 1.5 }],
    ['{key: a, type: date}', { type: 'date' }],
    ['{key: a, type: datetime}', { type: 'datetime' }],
    ['{key: a, type: time, default: "10:00"}', { type: 'time', default: '10:00' }],
    [
      '{key: a, type: email, help: H, placeholder: P, pattern: "@x", required: true}',
      { type: 'email', help: 'H', placeholder: 'P', pattern: '@x', required: true },
    ],
    ['{key: a, type: url}', { type: 'url' }],
    ['{key: a, type: hidden, default: x}', { type: 'hidden', default: 'x' }],
    ['{key: a, prefill: "{{ profile.name }}"}', { prefill: '{{ profile.name }}' }],
    ['{key: a, type: number, prefill: 5}', { prefill: '5' }],
  ])('%s', (field, expected) => {
    expect(read(field)).toMatchObject(expected)
  })

  it.each([
    ['that is none', 'topic', "field.wrong_type 'topic'"],
    ['without key', '{type: string}', "field.missing_key '{type: string}'"],
    ['with a key that is none', '{key: 5}', "field.missing_key '5'"],
    ['with a key that cannot be reached', '{name: my-topic}', "field.bad_key 'my-topic'"],
    ['with a reserved key', '{key: valueOf}', "field.bad_key 'valueOf'"],
    ['named like a namespace', '{key: static}', "field.bad_key 'static'"],
    ['of an unknown type', '{key: a, type: strin}', "field.unknown_type 'strin'"],
    ['of no type', '{key: a, type: 5}', "field.unknown_type '5'"],
    ['of type file', '{key: a, type: file}', "field.type_unavailable 'file'"],
    ['with an unknown key', '{key: a, lable: x}', "field.unknown_key 'lable'"],
    ['with two names', '{key: a, name: b}', "field.exclusive_keys 'name'"],
    ['with both enum and options', '{key: a, enum: [x], options: [x]}', "field.exclusive_keys 'options'"],
    ['whose label is no text', '{key: a, label: 5}', "field.wrong_type '5'"],
    ['whose required is no boolean', '{key: a, required: "yes"}', `field.wrong_type '"yes"'`],
    ['whose bound is no number', '{key: a, type: number, min: "1"}', `field.wrong_type '"1"'`],
    ['whose prefill is a list', '{key: a, prefill: [1]}', "field.wrong_type 'prefill'"],
    ['offering a choice of nothing', '{key: a, type: dropdown}', "field.missing_options 'dropdown'"],
    ['with no options', '{key: a, options: []}', "field.bad_options 'options'"],
    ['with an option that is none', '{key: a, options: [[x]]}', "field.bad_options '[x]'"],
    ['with an option without value', '{key: a, options: [{label: x}]}', "field.bad_options '{label: x}'"],
    ['with an unknown key in an option', '{key: a, options: [{valu: x}]}', "field.unknown_key 'valu'"],
    ['with an option twice', '{key: a, options: [x, y, x]}', "field.bad_options 'x'"],
    ['with options on a number', '{key: a, type: number, options: [1]}', "field.wrong_rule 'options'"],
    ['with bounds on a date', '{key: a, type: date, min: 1}', "field.wrong_rule '1'"],
    ['with a length that is none', '{key: a, max: -1}', "field.wrong_rule '-1'"],
    ['with bounds the wrong way round', '{key: a, type: number, min: 3, max: 2}', "field.wrong_rule '3'"],
    ['with a pattern on a number', '{key: a, type: number, pattern: x}', "field.wrong_rule 'x'"],
    ['with a pattern that is none', '{key: a, pattern: "("}', `field.bad_pattern '"("'`],
    ['with a pattern that looks ahead', '{key: a, pattern: "(?=x)"}', `field.bad_pattern '"(?=x)"'`],
    ['with a default of another type', '{key: a, type: number, default: many}', "field.bad_default 'many'"],
    ['with a default that is no option', '{key: a, options: [x], default: y}', "field.bad_default 'y'"],
    ['with a default that does not match', '{key: a, pattern: "^x", default: y}', "field.bad_default 'y'"],
  ])('refused %s', (_, field, expected) => {
    expect(judge(form('{key: other}', field)).errors).toEqual([expected])
  })

  it('is refused when its key is taken', () => {
    expect(judge(form('{key: a}', '{name: a}')).errors).toEqual(["field.duplicate_key 'a'"])
  })

  it('is one of a list that holds at least one', () => {
    expect(judge(flow('id: ask\ntype: form\nfields: []')).errors).toEqual(["step.wrong_type 'fields'"])
    expect(judge(flow('id: ask\ntype: form\nfields: {a: b}')).errors).toEqual(["field.wrong_type 'fields'"])
    expect(judge(flow('id: ask\ntype: form')).errors).toEqual(["step.missing_key 'id'"])
  })

  it.each(['show_if: a', 'required_if: a', 'page: 2', 'accept: [pdf]', 'max_size: 5MB'])(
    'saves %s with a warning',
    (extra) => {
      const key = extra.slice(0, extra.indexOf(':'))
      expect(judge(form(`{key: a, ${extra}}`))).toEqual({ errors: [], warnings: [`not_yet_effective '${key}'`] })
    },
  )

  it('says that bounds of a text are lengths', () => {
    expect(judge(form('{key: a, min: 3, max: 100}')).warnings).toEqual([
      "field.length_bound '3'",
      "field.length_bound '100'",
    ])
    expect(only(form('{key: a, max: 100}'), 'field.length_bound').message).toContain('at most 100 characters')
    expect(judge(form('{key: a, type: multiselect, options: [x, y], max: 1}')).warnings).toEqual([])
  })

  it('names the nearest known word', () => {
    expect(only(form('{key: a, requierd: true}'), 'field.unknown_key').hint).toBe('Did you mean required?')
    expect(only(form('{key: a, type: boolaen}'), 'field.unknown_type').hint).toBe('Did you mean boolean?')
  })
})
