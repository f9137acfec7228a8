import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../json.ts'
import { validateInterpreted } from '../schema/validate-interpreted.ts'
import type { Field } from './definition.ts'
import { answersSchema, applyDefaults, coerceFormData, fieldsToSchema } from './fields.ts'

const field = (more: Partial<Field> & Pick<Field, 'type'>): Field => ({
  key: 'x',
  label: 'X',
  required: false,
  ...more,
})

/** What a server does with an answer: complete it, then validate it. */
function violations(one: Field, values: JsonObject): string[] {
  return validateInterpreted(fieldsToSchema([one]), applyDefaults([one], values)).map(({ path }) => path)
}

const OPTIONS = [
  { value: 'a', label: 'A' },
  { value: 3, label: 'Three' },
]

describe('a field as a schema', () => {
  it.each<[string, Field, JsonObject[], JsonObject[]]>([
    ['text', field({ type: 'string', required: true }), [{ x: 'a' }], [{}, { x: '' }, { x: null }, { x: 1 }]],
    ['optional text', field({ type: 'string' }), [{}, { x: null }, { x: '' }, { x: 'a' }], [{ x: 1 }]],
    [
      'text with length',
      field({ type: 'string', minimum: 2, maximum: 3 }),
      [{ x: 'ab' }, {}],
      [{ x: 'a' }, { x: 'abcd' }],
    ],
    ['text with pattern', field({ type: 'string', pattern: '^.{3,5}$' }), [{ x: 'abc' }, {}], [{ x: 'ab' }]],
    ['number', field({ type: 'number', minimum: 1, maximum: 2 }), [{ x: 1.5 }, {}], [{ x: 3 }, { x: '1' }, { x: 0 }]],
    ['integer', field({ type: 'integer', required: true }), [{ x: 1 }, { x: -2 }], [{ x: 1.5 }, {}]],
    ['boolean', field({ type: 'boolean', required: true }), [{ x: false }], [{ x: 'on' }, {}]],
    [
      'choice',
      field({ type: 'enum', options: OPTIONS, required: true }),
      [{ x: 'a' }, { x: 3 }],
      [{ x: '3' }, { x: 'b' }, {}],
    ],
    ['optional choice', field({ type: 'enum', options: OPTIONS }), [{}, { x: null }, { x: 'a' }], [{ x: 'b' }]],
    [
      'several choices',
      field({ type: 'array', options: OPTIONS, required: true, maximum: 2 }),
      [{ x: ['a', 3] }],
      [{ x: [] }, { x: ['b'] }, { x: ['a', 'a'] }, {}],
    ],
    ['a list', field({ type: 'array' }), [{ x: ['free', 'text'] }, {}], [{ x: [1] }, { x: 'a' }]],
    ['date', field({ type: 'date' }), [{ x: '2026-05-31' }], [{ x: '31.5.2026' }, { x: '2026-02-31' }]],
    ['date and time', field({ type: 'datetime' }), [{ x: '2026-05-31T10:00:00Z' }], [{ x: '2026-05-31T10:00' }]],
    ['time', field({ type: 'time' }), [{ x: '10:00' }, { x: '23:59:59' }], [{ x: '24:00' }, { x: '10' }]],
    ['e-mail', field({ type: 'email' }), [{ x: 'a@b.co' }], [{ x: 'a' }]],
    [
      'address',
      field({ type: 'url' }),
      [{ x: 'https://a.co/b?c' }],
      [{ x: 'javascript:alert(1)' }, { x: 'data:https://a.co' }, { x: 'a.co' }],
    ],
    [
      'address with pattern',
      field({ type: 'url', pattern: 'a\\.co' }),
      [{ x: 'https://a.co' }],
      [{ x: 'https://b.co' }, { x: 'ftp://a.co' }],
    ],
    ['hidden', field({ type: 'hidden' }), [{ x: 'a' }, { x: 1 }, {}], [{ x: [] }]],
    ['with default', field({ type: 'number', default: 5 }), [{}, { x: null }, { x: 7 }], [{ x: 'a' }]],
  ])('%s', (_, one, good, bad) => {
    for (const values of good) expect(violations(one, values), JSON.stringify(values)).toEqual([])
    for (const values of bad) expect(violations(one, values), JSON.stringify(values)).not.toEqual([])
  })

  it('takes nothing that is no field', () => {
    expect(violations(field({ type: 'string' }), { x: 'a', y: 1 })).not.toEqual([])
  })

  it('carries label, help and default along', () => {
    expect(fieldsToSchema([field({ type: 'string', label: 'Topic', help: 'What about?', default: 'AI' })])).toEqual({
      type: 'object',
      properties: { x: { title: 'Topic', description: 'What about?', type: 'string', default: 'AI' } },
      required: [],
      additionalProperties: false,
    })
  })

  it('is whole afterwards', () => {
    expect(answersSchema([field({ type: 'string' })]).required).toEqual(['x'])
  })
})

describe('defaults', () => {
  const fields = [
    field({ key: 'a', type: 'string', default: 'x' }),
    field({ key: 'b', type: 'string' }),
    field({ key: 'c', type: 'string', required: true }),
  ]
  it.each<[JsonObject, JsonObject]>([
    [{}, { a: 'x', b: null }],
    [
      { a: '', b: '', c: '' },
      { a: 'x', b: null },
    ],
    [
      { a: null, b: null, c: null },
      { a: 'x', b: null },
    ],
    [
      { a: 'y', b: 'z', c: 'w' },
      { a: 'y', b: 'z', c: 'w' },
    ],
    [{ other: 1 }, { other: 1, a: 'x', b: null }],
  ])('%j becomes %j', (given, completed) => {
    expect(applyDefaults(fields, given)).toEqual(completed)
  })
})

describe('a native form', () => {
  it.each<[string, Field, Record<string, string | string[]>, JsonObject]>([
    ['text', field({ type: 'string' }), { x: ' a\r\nb ' }, { x: ' a\nb ' }],
    ['empty text', field({ type: 'string' }), { x: '  ' }, { x: null }],
    ['empty text that is required', field({ type: 'string', required: true }), { x: '' }, {}],
    ['number', field({ type: 'number' }), { x: ' -1.5e3 ' }, { x: -1500 }],
    ['number that is none', field({ type: 'number' }), { x: '1,5' }, { x: '1,5' }],
    ['hexadecimal is none', field({ type: 'number' }), { x: '0x10' }, { x: '0x10' }],
    ['an endless number is none', field({ type: 'number' }), { x: '1e999' }, { x: '1e999' }],
    ['empty number', field({ type: 'integer' }), { x: '' }, { x: null }],
    ['ticked', field({ type: 'boolean' }), { x: 'on' }, { x: true }],
    ['ticked with its hidden twin', field({ type: 'boolean' }), { x: ['false', 'true'] }, { x: true }],
    ['not ticked', field({ type: 'boolean', required: true }), {}, { x: false }],
    ['said no', field({ type: 'boolean' }), { x: 'No' }, { x: false }],
    ['said neither', field({ type: 'boolean' }), { x: 'maybe' }, { x: 'maybe' }],
    ['choice keeps its type', field({ type: 'enum', options: OPTIONS }), { x: '3' }, { x: 3 }],
    ['choice that is none', field({ type: 'enum', options: OPTIONS }), { x: 'b' }, { x: 'b' }],
    ['several', field({ type: 'array', options: OPTIONS }), { x: ['a', '3', ''] }, { x: ['a', 3] }],
    ['one of several', field({ type: 'array', options: OPTIONS }), { x: 'a' }, { x: ['a'] }],
    ['none of several', field({ type: 'array', options: OPTIONS }), {}, { x: null }],
    ['none of several that is required', field({ type: 'array', options: OPTIONS, required: true }), {}, {}],
    ['a list by lines', field({ type: 'array' }), { x: 'one\r\n two \n\n' }, { x: ['one', 'two'] }],
    ['a local date and time', field({ type: 'datetime' }), { x: '2026-05-31T10:00' }, { x: '2026-05-31T10:00:00Z' }],
    ['with seconds', field({ type: 'datetime' }), { x: '2026-05-31T10:00:01' }, { x: '2026-05-31T10:00:01Z' }],
    [
      'with a zone',
      field({ type: 'datetime' }),
      { x: '2026-05-31T10:00:00+02:00' },
      { x: '2026-05-31T10:00:00+02:00' },
    ],
    ['an address', field({ type: 'email' }), { x: ' a@b.co ' }, { x: 'a@b.co' }],
    ['a control that is no field', field({ type: 'string' }), { y: '1' }, { x: null, y: '1' }],
  ])('%s', (_, one, sent, values) => {
    expect(coerceFormData([one], sent)).toEqual(values)
  })
})
