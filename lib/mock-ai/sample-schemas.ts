import type { JsonSchema } from '#lib/json.ts'

/** Schemas of every shape that authors write, for holding the mock to "fits any schema". */
const string = { type: 'string' }
const number = { type: 'number' }

export const SAMPLE_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  empty: {},
  'blog post': {
    type: 'object',
    properties: { title: string, body: string, quality_score: number },
    required: ['title', 'body', 'quality_score'],
  },
  'outline of the example': {
    type: 'object',
    properties: {
      title: { type: 'string', minLength: 10, maxLength: 100 },
      sections: {
        type: 'array',
        items: {
          type: 'object',
          properties: { heading: string, key_points: { type: 'array', items: string } },
          required: ['heading', 'key_points'],
        },
        minItems: 3,
        maxItems: 7,
      },
    },
    required: ['title', 'sections'],
  },
  'draft of the example': {
    type: 'object',
    properties: {
      content: { type: 'string', minLength: 500 },
      meta_description: { type: 'string', maxLength: 160 },
      tags: { type: 'array', items: string, maxItems: 5 },
    },
    required: ['content', 'meta_description', 'tags'],
  },
  'draft alone': { type: 'object', properties: { draft: string }, required: ['draft'] },
  text: string,
  'short text': { type: 'string', minLength: 1, maxLength: 3 },
  'text of one length': { type: 'string', minLength: 12, maxLength: 12 },
  'long text': { type: 'string', minLength: 5_000 },
  number,
  'number in a range': { type: 'number', minimum: 0, maximum: 1 },
  'number in an open range': { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 0.01 },
  'narrow number': { type: 'number', minimum: 3.2, maximum: 3.4 },
  'negative number': { type: 'number', maximum: -5 },
  'number in steps': { type: 'number', multipleOf: 0.05, minimum: 1, maximum: 2 },
  integer: { type: 'integer' },
  'integer in steps': { type: 'integer', multipleOf: 7, minimum: 10, maximum: 20 },
  'large integer': { type: 'integer', minimum: 1_000_000_000 },
  boolean: { type: 'boolean' },
  null: { type: 'null' },
  'nullable by type': { type: ['string', 'null'] },
  'nullable by anyOf': { anyOf: [{ type: 'object', properties: { a: number }, required: ['a'] }, { type: 'null' }] },
  enum: { enum: ['low', 'normal', 'high'] },
  'mixed enum': { enum: [1, 'one', null, { one: 1 }, [1]] },
  const: { const: { fixed: [1, 2] } },
  'const in an object': {
    type: 'object',
    properties: { kind: { const: 'report' }, version: { const: 2 } },
    required: ['kind', 'version'],
  },
  list: { type: 'array' },
  'list of numbers': { type: 'array', items: { type: 'integer', minimum: 1, maximum: 5 }, minItems: 2 },
  'long list': { type: 'array', items: string, minItems: 200 },
  'exact list': { type: 'array', items: { type: 'boolean' }, minItems: 4, maxItems: 4 },
  'unique list': { type: 'array', items: { type: 'integer', minimum: 1, maximum: 4 }, uniqueItems: true, minItems: 4 },
  'unique texts': { type: 'array', items: string, uniqueItems: true, minItems: 5 },
  'unique enum': { type: 'array', items: { enum: ['a', 'b', 'c'] }, uniqueItems: true, minItems: 2 },
  tuple: { type: 'array', prefixItems: [string, number, { type: 'boolean' }], items: false, minItems: 3 },
  'tuple with rest': { type: 'array', prefixItems: [string], items: number, minItems: 3 },
  contains: { type: 'array', items: { type: 'integer' }, contains: { const: 42 }, minItems: 3 },
  'contains several': { type: 'array', contains: { type: 'string' }, minContains: 2, maxContains: 3, minItems: 2 },
  'list of lists': {
    type: 'array',
    items: { type: 'array', items: { type: 'array', items: number, minItems: 2 }, minItems: 2 },
    minItems: 2,
  },
  object: { type: 'object' },
  'closed object': {
    type: 'object',
    properties: { a: number, b: string },
    required: ['a'],
    additionalProperties: false,
  },
  'required but not described': { type: 'object', required: ['name', 'size'] },
  dictionary: { type: 'object', additionalProperties: { type: 'integer' }, minProperties: 3 },
  'at most so many': { type: 'object', properties: { a: string, b: string, c: string }, maxProperties: 2 },
  'pattern properties': {
    type: 'object',
    patternProperties: { '^x_\\d+$': { type: 'number' } },
    additionalProperties: false,
    minProperties: 2,
  },
  'patterns beside names': {
    type: 'object',
    properties: { id: { type: 'integer' } },
    required: ['id'],
    patternProperties: { '^note_': { type: 'string', minLength: 3 } },
    additionalProperties: false,
  },
  'property names': { type: 'object', propertyNames: { pattern: '^[a-z]{3}$' }, minProperties: 2 },
  'property names of an enum': { type: 'object', propertyNames: { enum: ['de', 'en', 'fr'] }, minProperties: 2 },
  'dependent keys': {
    type: 'object',
    properties: { card: string, address: string },
    dependentRequired: { card: ['address'] },
    required: ['card'],
  },
  'dependent schemas': {
    type: 'object',
    properties: { gift: { type: 'boolean' } },
    required: ['gift'],
    dependentSchemas: { gift: { properties: { note: { type: 'string', minLength: 2 } }, required: ['note'] } },
  },
  pattern: { type: 'string', pattern: '^[A-Z]{2}\\d{6}$', maxLength: 8 },
  'pattern of letters': { type: 'string', pattern: '^\\p{L}{3,10}$' },
  'pattern of words': { type: 'string', pattern: '^\\p{Lu}[\\p{Ll} ]+$' },
  'pattern and length': { type: 'string', pattern: '^[a-z]+$', minLength: 20, maxLength: 24 },
  'loose pattern and length': { type: 'string', pattern: 'a+b', minLength: 20 },
  'pattern of a length': { type: 'string', pattern: '^.{3,100}$' },
  'pattern of alternatives': { type: 'string', pattern: '^(?:cat|dog)s?$' },
  'pattern of a version': { type: 'string', pattern: '^v\\d+\\.\\d+\\.\\d+(-[a-z]+)?$' },
  'pattern of a slug': { type: 'string', pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$', maxLength: 60 },
  'pattern of a phone number': { type: 'string', pattern: '^\\+[1-9]\\d{6,14}$' },
  formats: {
    type: 'object',
    properties: Object.fromEntries(
      ['date', 'time', 'date-time', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uri', 'url', 'uuid', 'byte'].map(
        (format) => [format, { type: 'string', format }],
      ),
    ),
    required: ['date', 'email', 'uuid', 'ipv6', 'byte'],
  },
  allOf: {
    allOf: [
      { type: 'object', properties: { a: { type: 'string', minLength: 2 } }, required: ['a'] },
      { type: 'object', properties: { b: { type: 'integer' } }, required: ['b'] },
      { properties: { a: { maxLength: 5 } } },
    ],
  },
  anyOf: {
    anyOf: [
      { type: 'string', minLength: 40 },
      { type: 'integer', minimum: 100 },
    ],
  },
  oneOf: { oneOf: [{ type: 'integer' }, { type: 'number', minimum: 5 }] },
  'one of several kinds': {
    oneOf: [
      { type: 'object', properties: { kind: { const: 'text' }, text: string }, required: ['kind', 'text'] },
      {
        type: 'object',
        properties: { kind: { const: 'image' }, url: { type: 'string', format: 'url' } },
        required: ['kind', 'url'],
      },
    ],
  },
  not: { not: { type: 'string' } },
  'not this value': { type: 'integer', minimum: 1, maximum: 3, not: { const: 2 } },
  'if then else': {
    type: 'object',
    properties: { country: { enum: ['DE', 'US'] }, zip: { type: 'string' } },
    required: ['country', 'zip'],
    if: { properties: { country: { const: 'DE' } } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema; nobody awaits a schema
    then: { properties: { zip: { pattern: '^\\d{5}$' } } },
    else: { properties: { zip: { pattern: '^\\d{5}-\\d{4}$' } } },
  },
  tree: {
    type: 'object',
    properties: { name: string, children: { type: 'array', items: { $ref: '#' } } },
    required: ['name', 'children'],
  },
  'nullable list of lists': {
    $defs: {
      node: {
        anyOf: [
          { type: 'null' },
          {
            type: 'object',
            properties: { value: number, next: { $ref: '#/$defs/node' } },
            required: ['value', 'next'],
          },
        ],
      },
    },
    $ref: '#/$defs/node',
  },
  anchor: {
    $ref: '#entry',
    $defs: { e: { $anchor: 'entry', type: 'object', properties: { n: number }, required: ['n'] } },
  },
  'old definitions': {
    definitions: { a: { type: 'integer', minimum: 3 } },
    type: 'array',
    items: { $ref: '#/definitions/a' },
  },
  'reference beside keywords': {
    $defs: { s: string },
    type: 'object',
    properties: { a: { $ref: '#/$defs/s', minLength: 8 } },
    required: ['a'],
  },
  'with dialect and label': {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://example.com/person.schema.json',
    title: 'Person',
    type: 'object',
    properties: {
      name: { type: 'string', description: 'full name' },
      age: { type: 'integer', minimum: 0, maximum: 130 },
    },
    required: ['name', 'age'],
    additionalProperties: false,
  },
  unevaluated: {
    allOf: [{ type: 'object', properties: { a: number }, required: ['a'] }],
    properties: { b: string },
    unevaluatedProperties: false,
  },
  'names of keywords': {
    type: 'object',
    properties: {
      pattern: string,
      enum: { type: 'array', items: string },
      required: { type: 'boolean' },
      properties: { type: 'object' },
      type: string,
    },
    required: ['pattern', 'enum', 'required', 'properties', 'type'],
  },
  'odd names': {
    type: 'object',
    properties: { 'a b': string, 'x/y~z': number, 'ü-1': { type: 'boolean' } },
    required: ['a b', 'x/y~z', 'ü-1'],
  },
  deep: Array.from({ length: 12 }).reduce<JsonSchema>(
    (inner) => ({ type: 'object', properties: { in: inner }, required: ['in'] }),
    { type: 'integer' },
  ),
  wide: {
    type: 'object',
    properties: Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`field_${i}`, i % 2 ? string : number])),
    required: Array.from({ length: 60 }, (_, i) => `field_${i}`),
  },
  'ai review': {
    type: 'object',
    properties: {
      verdict: { enum: ['accept', 'revise', 'reject'] },
      confidence: { type: 'number', minimum: 0, maximum: 1 },
      issues: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            severity: { enum: ['low', 'high'] },
            line: { type: 'integer', minimum: 1 },
            message: { type: 'string', minLength: 5 },
          },
          required: ['severity', 'line', 'message'],
          additionalProperties: false,
        },
      },
    },
    required: ['verdict', 'confidence', 'issues'],
    additionalProperties: false,
  },
  invoice: {
    type: 'object',
    properties: {
      number: { type: 'string', pattern: '^INV-\\d{4}-\\d{5}$' },
      issued: { type: 'string', format: 'date' },
      currency: { type: 'string', pattern: '^[A-Z]{3}$' },
      lines: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          properties: {
            text: string,
            amount: { type: 'number', minimum: 0, multipleOf: 0.01 },
            quantity: { type: 'integer', minimum: 1 },
          },
          required: ['text', 'amount', 'quantity'],
        },
      },
      total: { type: 'number', minimum: 0 },
    },
    required: ['number', 'issued', 'currency', 'lines', 'total'],
  },
  'expression tree': {
    $ref: '#/$defs/e',
    $defs: {
      e: {
        oneOf: [
          {
            type: 'object',
            required: ['op', 'left', 'right'],
            properties: { op: { enum: ['+', '-'] }, left: { $ref: '#/$defs/e' }, right: { $ref: '#/$defs/e' } },
            additionalProperties: false,
          },
          number,
        ],
      },
    },
  },
  'kinds that hold each other': {
    $ref: '#/$defs/k0',
    $defs: Object.fromEntries(
      Array.from({ length: 5 }, (_, i) => [
        `k${i}`,
        {
          type: 'object',
          required: ['kind', 'inner'],
          properties: {
            kind: { const: i },
            inner: {
              type: 'array',
              items: { anyOf: Array.from({ length: 5 }, (_, j) => ({ $ref: `#/$defs/k${j}` })) },
            },
          },
        },
      ]),
    ),
  },
  'references in a row': {
    $ref: '#/$defs/a',
    $defs: {
      a: { type: 'object', properties: { b: { $ref: '#/$defs/b' } }, required: ['b'] },
      b: { type: 'object', properties: { c: { $ref: '#/$defs/c' } }, required: ['c'] },
      c: {
        type: 'object',
        properties: { d: { type: 'array', items: { $ref: '#/$defs/d' }, minItems: 1 } },
        required: ['d'],
      },
      d: { type: 'object', properties: { e: { type: 'string', minLength: 2 } }, required: ['e'] },
    },
  },
  'lists fourteen deep': Array.from({ length: 14 }).reduce<JsonSchema>((items) => ({ type: 'array', items }), string),
  'many choices below each other': {
    $ref: '#/$defs/n0',
    $defs: Object.fromEntries(
      Array.from({ length: 21 }, (_, i) => [
        `n${i}`,
        i === 20
          ? string
          : { type: 'object', properties: { l: { $ref: `#/$defs/n${i + 1}` }, r: { $ref: `#/$defs/n${i + 1}` } } },
      ]),
    ),
  },
  'very long text': { type: 'object', properties: { body: { type: 'string', minLength: 30_000 } }, required: ['body'] },
  'many entries': {
    type: 'array',
    minItems: 900,
    items: { type: 'object', properties: { a: string }, required: ['a'] },
  },
}
