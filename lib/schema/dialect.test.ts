import { describe, expect, it } from 'vitest'
import { dialectOf, modernise } from './dialect.ts'
import { checkSchema } from './gate.ts'
import { validateInterpreted } from './validate-interpreted.ts'

const DRAFT_07 = 'http://json-schema.org/draft-07/schema#'
const DRAFT_04 = 'http://json-schema.org/draft-04/schema#'

it.each([
  [undefined, 'any'],
  ['https://json-schema.org/schema', 'any'],
  ['https://json-schema.org/draft/2020-12/schema', '2020-12'],
  ['http://json-schema.org/draft/2019-09/schema#', '2019-09'],
  ['http://json-schema.org/draft-07/schema', 'draft-07'],
  [DRAFT_04, 'draft-04'],
  ['http://json-schema.org/draft-03/schema#', null],
  ['https://example.com/schema', null],
  [7, null],
])('%s is %s', (named, dialect) => {
  expect(dialectOf(named)).toBe(dialect)
})

describe('an older schema in the words of 2020-12', () => {
  it.each([
    [
      'a list in items',
      { items: [{ type: 'string' }], additionalItems: false },
      { prefixItems: [{ type: 'string' }], items: false },
    ],
    ['an empty one', { items: [] }, {}],
    [
      'what depends on what',
      { dependencies: { a: ['b'], c: { required: ['d'] } } },
      { dependentRequired: { a: ['b'] }, dependentSchemas: { c: { required: ['d'] } } },
    ],
    [
      'what stands beside a reference',
      { $schema: DRAFT_07, properties: { a: { $ref: '#/definitions/b', type: 'string' } }, definitions: { b: {} } },
      { properties: { a: { $ref: '#/definitions/b' } }, definitions: { b: {} } },
    ],
    [
      'the same where it counts',
      { properties: { a: { $ref: '#', type: 'object' } } },
      { properties: { a: { $ref: '#', type: 'object' } } },
    ],
    [
      'a bound that is exclusive',
      { $schema: DRAFT_04, minimum: 1, exclusiveMinimum: true, maximum: 2, exclusiveMaximum: false },
      { exclusiveMinimum: 1, maximum: 2 },
    ],
    [
      'a name for a place',
      { $schema: DRAFT_07, items: { $ref: '#x' }, definitions: { a: { $id: '#x' } } },
      { items: { $ref: '#x' }, definitions: { a: { $anchor: 'x' } } },
    ],
    [
      'references into what has moved',
      { items: [{ type: 'string' }], properties: { 'a/b': { $ref: '#/items/0' } } },
      { prefixItems: [{ type: 'string' }], properties: { 'a/b': { $ref: '#/prefixItems/0' } } },
    ],
    [
      'references by its own name',
      {
        $schema: DRAFT_04,
        id: 'https://example.com/s.json#',
        items: { $ref: 's.json#/definitions/a' },
        definitions: { a: {} },
      },
      { $id: 'https://example.com/s.json', items: { $ref: '#/definitions/a' }, definitions: { a: {} } },
    ],
    [
      'data that looks like a schema',
      { const: { items: [1], $ref: '#/items/0' }, enum: [{ dependencies: {} }] },
      { const: { items: [1], $ref: '#/items/0' }, enum: [{ dependencies: {} }] },
    ],
  ])('%s', (_, written, said) => {
    const { schema } = modernise(written)
    expect(schema).toEqual(said)
    expect(modernise(schema).schema).toEqual(schema)
    expect(checkSchema(written)).toEqual([])
  })

  it('has its problems where the author wrote them', () => {
    const schema = {
      items: [{ type: 'string' }, { minlength: 1 }],
      dependencies: { a: { format: 'nope' }, b: ['c', 'c'] },
    }
    expect(checkSchema(schema).map(({ path }) => path.join('/'))).toEqual([
      'items/1/minlength',
      'dependencies',
      'dependencies/a/format',
    ])
  })

  it('checks values as it was meant', () => {
    const schema = { $schema: DRAFT_07, items: [{ type: 'string' }], additionalItems: { type: 'number' } }
    expect(validateInterpreted(schema, ['a', 1, 2])).toEqual([])
    expect(validateInterpreted(schema, ['a', 'b'])).toEqual([{ path: '[1]', message: 'must be a number, not text' }])
  })
})
