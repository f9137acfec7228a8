import type { Json, JsonSchema } from '#lib/json.ts'
import type { Violation } from './validate-interpreted.ts'

/** The table that holds the two validators equal: each value with exactly what is wrong with it. */
export interface ValidationCase {
  readonly name: string
  readonly schema: JsonSchema
  readonly valid: readonly Json[]
  readonly invalid: readonly (readonly [value: Json, ...violations: Violation[]])[]
}

const at = (path: string, message: string): Violation => ({ path, message })
const root = (message: string): Violation => at('', message)

const outline: JsonSchema = {
  type: 'object',
  properties: {
    title: { type: 'string', minLength: 10, maxLength: 100 },
    sections: {
      type: 'array',
      items: {
        type: 'object',
        properties: { heading: { type: 'string' }, key_points: { type: 'array', items: { type: 'string' } } },
        required: ['heading', 'key_points'],
      },
      minItems: 3,
      maxItems: 7,
    },
  },
  required: ['title', 'sections'],
}
const section = { heading: 'Why', key_points: ['one'] }

export const VALIDATION_CASES: readonly ValidationCase[] = [
  {
    name: 'an outline with sections',
    schema: outline,
    valid: [
      { title: 'Ten characters', sections: [section, section, section] },
      { title: 'Ten characters', sections: [section, section, section], more: true },
    ],
    invalid: [
      [{}, at('title', 'is required'), at('sections', 'is required')],
      [
        { title: 'Short', sections: [section, { heading: 7 }] },
        at('title', 'must be at least 10 characters; it has 5'),
        at('sections', 'must have at least 3 entries; it has 2'),
        at('sections[1].key_points', 'is required'),
        at('sections[1].heading', 'must be text, not 7'),
      ],
      [[], root('must be an object, not a list')],
      [null, root('must be an object, not null')],
    ],
  },
  {
    name: 'types',
    schema: {
      properties: {
        text: { type: 'string' },
        number: { type: 'number' },
        whole: { type: 'integer' },
        flag: { type: 'boolean' },
        list: { type: 'array' },
        object: { type: 'object' },
        nothing: { type: 'null' },
        either: { type: ['string', 'integer', 'null'] },
      },
    },
    valid: [
      { text: '', number: 1.5, whole: 2, flag: false, list: [], object: {}, nothing: null, either: null },
      { whole: 1e3, number: 0, either: 4 },
      'anything',
    ],
    invalid: [
      [
        { text: 1, number: '1', whole: 1.5, flag: 'true', list: {}, object: [], nothing: 0, either: 1.5 },
        at('text', 'must be text, not 1'),
        at('number', 'must be a number, not text'),
        at('whole', 'must be a whole number, not 1.5'),
        at('flag', 'must be true or false, not text'),
        at('list', 'must be a list, not an object'),
        at('object', 'must be an object, not a list'),
        at('nothing', 'must be null, not 0'),
        at('either', 'must be text, a whole number or null, not 1.5'),
      ],
    ],
  },
  {
    name: 'text lengths count characters, not code units',
    schema: { type: 'string', minLength: 1, maxLength: 2 },
    valid: ['a', '👩👩', 'é'],
    invalid: [
      ['', root('must not be empty')],
      ['👩👩👩', root('must be at most 2 characters; it has 3')],
    ],
  },
  {
    name: 'patterns are not anchored and take linear time',
    schema: { type: 'string', pattern: '(a+)+$' },
    valid: ['ba', 'aaa'],
    invalid: [[`${'a'.repeat(5_000)}!`, root('must match the pattern (a+)+$')]],
  },
  {
    name: 'the patterns that people write most, in words',
    schema: {
      properties: {
        topic: { pattern: '^.{3,100}$' },
        zip: { pattern: '^\\d{5}$' },
        code: { pattern: '^[0-9]{4,}$' },
        note: { pattern: '^.{0,5}$' },
      },
    },
    valid: [{ topic: 'tea', zip: '10115', code: '0001', note: '' }],
    invalid: [
      [
        { topic: 'AI', zip: '1', code: '1', note: 'too long' },
        at('topic', 'must be 3 to 100 characters'),
        at('zip', 'must be 5 digits'),
        at('code', 'must be at least 4 digits'),
        at('note', 'must be at most 5 characters'),
      ],
    ],
  },
  {
    name: 'numbers',
    schema: {
      properties: {
        closed: { minimum: 1, maximum: 10 },
        open: { exclusiveMinimum: 0, exclusiveMaximum: 1 },
        step: { multipleOf: 0.1 },
        even: { multipleOf: 2 },
      },
    },
    valid: [{ closed: 1, open: 0.5, step: 0.3, even: -4 }, { closed: 10, step: 1.1 }, { closed: 'text' }],
    invalid: [
      [
        { closed: 0, open: 0, step: 0.25, even: 3 },
        at('closed', 'must be at least 1'),
        at('open', 'must be more than 0'),
        at('step', 'must be a multiple of 0.1'),
        at('even', 'must be a multiple of 2'),
      ],
      [{ closed: 11, open: 1 }, at('closed', 'must be at most 10'), at('open', 'must be less than 1')],
    ],
  },
  {
    name: 'enum and const compare whole values',
    schema: {
      properties: {
        tone: { enum: ['casual', 'technical'] },
        kind: { const: 'post' },
        shape: { const: { a: 1, b: [2] } },
      },
    },
    valid: [{ tone: 'casual', kind: 'post', shape: { b: [2], a: 1 } }],
    invalid: [
      [
        { tone: 'loud', kind: 'page', shape: { a: 1, b: [3] } },
        at('tone', 'must be one of: casual, technical'),
        at('kind', 'must be post'),
        at('shape', 'must be {"a":1,"b":[2]}'),
      ],
    ],
  },
  ...(
    [
      ['date', ['2024-02-29'], ['2023-02-29', 'today'], 'a date such as 2026-05-31'],
      ['time', ['14:30:00Z'], ['14:30'], 'a time with its zone, such as 14:30:00Z'],
      ['iso-time', ['14:30:00'], ['25:00:00'], 'a time such as 14:30:00'],
      [
        'date-time',
        ['2026-05-31T14:30:00Z', '2026-05-31T14:30:00.5+02:00'],
        ['2026-05-31', '2026-05-31T14:30:00'],
        'a date and time with its zone, such as 2026-05-31T14:30:00Z',
      ],
      ['email', ['a@b.example'], ['a@b', 'a b@c.example', '@'], 'an e-mail address such as name@example.com'],
      [
        'uri',
        ['https://example.com/x', 'urn:isbn:1'],
        ['example', '/x'],
        'an address such as https://example.com/page',
      ],
      ['url', ['https://example.com'], ['ftp//x', 'x'], 'a web address such as https://example.com/page'],
      [
        'uuid',
        ['9f1c2c6e-3a52-4f0e-8a6b-0d5c1a2b3c4d'],
        ['9f1c2c6e'],
        'a UUID such as 9f1c2c6e-3a52-4f0e-8a6b-0d5c1a2b3c4d',
      ],
      ['ipv4', ['192.0.2.1'], ['256.0.0.1', '0x7f.1'], 'an IPv4 address such as 192.0.2.1'],
      ['ipv6', ['2001:db8::1', '::'], ['1::2::3'], 'an IPv6 address such as 2001:db8::1'],
      ['hostname', ['example.com'], ['-x.example', 'a b'], 'a host name such as example.com'],
      ['duration', ['P3DT12H', 'P1W'], ['3 days', 'P'], 'an ISO 8601 duration such as P3DT12H'],
      ['byte', ['aGVsbG8=', ''], ['a'], 'base64 text'],
      ['regex', ['^a+$'], ['(?=a)', '['], 'a regular expression without look-around'],
      ['json-pointer', ['', '/a/0'], ['a'], 'a JSON Pointer such as /items/0'],
    ] as const
  ).map(
    ([format, valid, invalid, label]): ValidationCase => ({
      name: `format ${format}`,
      schema: { type: 'string', format },
      valid: [...valid],
      invalid: invalid.map((value) => [value, root(`must be ${label}`)] as const),
    }),
  ),
  {
    name: 'format password only says how to show it',
    schema: { type: 'string', format: 'password' },
    valid: ['x', ''],
    invalid: [],
  },
  {
    name: 'lists',
    schema: {
      properties: {
        few: { maxItems: 1 },
        unique: { uniqueItems: true },
        pair: { prefixItems: [{ type: 'string' }, { type: 'number' }], items: false },
        some: { contains: { const: 1 }, maxContains: 2 },
        many: { contains: { type: 'number' }, minContains: 2 },
        none: { contains: { const: 0 }, minContains: 0 },
      },
    },
    valid: [
      { few: [1], unique: [1, '1', [1], { a: 1 }], pair: ['a', 1], some: [1, 2], many: [1, 2], none: [] },
      { pair: ['a'], unique: [] },
    ],
    invalid: [
      [
        { few: [1, 2], unique: [{ a: 1, b: 2 }, 3, { b: 2, a: 1 }], pair: [1, 1, 1], some: [], many: [1], none: [] },
        at('few', 'must have at most 1 entry; it has 2'),
        at('unique', 'must not hold the same entry twice: entries 1 and 3 are equal'),
        at('pair[0]', 'must be text, not 1'),
        at('pair[2]', 'is not allowed here'),
        at('some', 'must hold at least 1 entry of the required form; it has 0'),
        at('many', 'must hold at least 2 entries of the required form; it has 1'),
      ],
      [{ some: [1, 1, 1] }, at('some', 'must hold at most 2 entries of the given form; it has 3')],
    ],
  },
  {
    name: 'object keys',
    schema: {
      type: 'object',
      properties: { id: { type: 'integer' } },
      patternProperties: { '^x_': { type: 'string' } },
      additionalProperties: false,
      propertyNames: { maxLength: 5 },
      minProperties: 1,
      maxProperties: 3,
    },
    valid: [{ id: 1, x_a: '' }, { x_b: 'b' }],
    invalid: [
      [{}, root('must have at least 1 property; it has 0')],
      [
        { id: 1, x_a: 1, 'odd key': 2 },
        at('["odd key"]', 'has a name that is not allowed: it must be at most 5 characters; it has 7'),
        at('x_a', 'must be text, not 1'),
        at('["odd key"]', 'is not allowed here'),
      ],
      [{ x_a: '', x_b: '', x_c: '', x_d: '' }, root('must have at most 3 properties; it has 4')],
    ],
  },
  {
    name: 'dependent keys',
    schema: {
      dependentRequired: { card: ['address'] },
      dependentSchemas: { gift: { required: ['note'], properties: { note: { minLength: 1 } } } },
    },
    valid: [{}, { card: 1, address: 2 }, { gift: true, note: 'x' }],
    invalid: [
      [{ card: 1, gift: true }, at('address', 'is required when card is given'), at('note', 'is required')],
      [{ gift: true, note: '' }, at('note', 'must not be empty')],
    ],
  },
  {
    name: 'one form that was plainly meant speaks for itself',
    schema: {
      anyOf: [
        { type: 'object', properties: { kind: { const: 'a' }, n: { type: 'number' } }, required: ['kind', 'n'] },
        { type: 'object', properties: { kind: { const: 'b' }, s: { type: 'string' } }, required: ['kind', 's'] },
        { type: 'null' },
      ],
    },
    valid: [null, { kind: 'a', n: 1 }, { kind: 'b', s: '' }],
    invalid: [
      [{ kind: 'a', n: 'x' }, at('n', 'must be a number, not text')],
      [{ kind: 'c' }, root('fits none of the 3 allowed forms')],
      [5, root('fits none of the 3 allowed forms')],
    ],
  },
  {
    name: 'oneOf and not',
    schema: { oneOf: [{ type: 'integer' }, { minimum: 2 }], not: { const: 7 } },
    valid: [1, 2.5, 'text'],
    invalid: [
      [3, root('must fit exactly one of the allowed forms, but fits number 1 and number 2')],
      [1.5, root('must be at least 2')],
    ],
  },
  {
    name: 'not alone',
    schema: { not: { type: 'string' } },
    valid: [1, null],
    invalid: [['x', root('has a form that is not allowed')]],
  },
  {
    name: 'if, then, else',
    schema: {
      if: { properties: { country: { const: 'DE' } }, required: ['country'] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema; nobody awaits a schema
      then: { properties: { zip: { pattern: '^\\d{5}$' } }, required: ['zip'] },
      else: { properties: { zip: { maxLength: 10 } } },
    },
    valid: [{ country: 'DE', zip: '10115' }, { country: 'FR' }, {}],
    invalid: [
      [{ country: 'DE' }, at('zip', 'is required')],
      [{ country: 'DE', zip: '1' }, at('zip', 'must be 5 digits')],
      [{ zip: 'much too long' }, at('zip', 'must be at most 10 characters; it has 13')],
    ],
  },
  {
    name: 'references and anchors, also beside other keywords',
    schema: {
      $id: 'https://example.com/tree',
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $defs: { name: { $anchor: 'name', type: 'string', minLength: 1 }, 'a/b%': { type: 'number' } },
      type: 'object',
      properties: {
        name: { $ref: '#name', maxLength: 3 },
        children: { type: 'array', items: { $ref: '#' } },
        odd: { $ref: '#/$defs/a~1b%25' },
      },
      required: ['name'],
    },
    valid: [{ name: 'a', children: [{ name: 'b', children: [{ name: 'c' }] }], odd: 1 }],
    invalid: [
      [
        { name: 'long', children: [{ name: '', children: [{}] }], odd: '' },
        at('name', 'must be at most 3 characters; it has 4'),
        at('children[0].name', 'must not be empty'),
        at('children[0].children[0].name', 'is required'),
        at('odd', 'must be a number, not text'),
      ],
    ],
  },
  {
    name: 'what no form has looked at',
    schema: {
      allOf: [{ properties: { a: { type: 'number' } } }],
      anyOf: [{ properties: { b: { type: 'number' } }, required: ['b'] }, { required: ['a'] }],
      if: { required: ['c'] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema; nobody awaits a schema
      then: { properties: { c: true } },
      unevaluatedProperties: false,
    },
    valid: [{ a: 1 }, { b: 1 }, { a: 1, b: 1, c: 1 }],
    invalid: [
      [{ a: 1, d: 1 }, at('d', 'is not allowed here')],
      [{ a: 1, b: 'x' }, at('b', 'is not allowed here')],
    ],
  },
  {
    name: 'items no form has looked at',
    schema: { allOf: [{ prefixItems: [{ type: 'number' }] }], unevaluatedItems: { type: 'string' } },
    valid: [[1], [1, 'a'], []],
    invalid: [[[1, 2], at('[1]', 'must be text, not 2')]],
  },
  {
    name: 'names of object methods are ordinary absent keys',
    schema: { type: 'object', required: ['length'], properties: { length: { type: 'number' } } },
    valid: [{ length: 1 }],
    invalid: [[{}, at('length', 'is required')]],
  },
  {
    name: 'true and false',
    schema: { properties: { any: true, never: false } },
    valid: [{ any: 1 }, {}],
    invalid: [[{ never: 1 }, at('never', 'is not allowed here')]],
  },
  {
    name: 'a name shaped like code is a name',
    schema: { properties: { '");process.exit(1);("': { type: 'string' } } },
    valid: [{ '");process.exit(1);("': '' }],
    invalid: [[{ '");process.exit(1);("': 1 }, at('["\\");process.exit(1);(\\""]', 'must be text, not 1')]],
  },
]
