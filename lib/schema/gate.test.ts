import { describe, expect, it } from 'vitest'
import { corpus } from '#lib/testing/corpus.ts'
import { checkPattern, checkSchema } from './gate.ts'
import { DIALECT } from './keywords.ts'
import { compilePattern } from './pattern.ts'
import { validateInterpreted } from './validate-interpreted.ts'

/** Processor time in ms: how busy the machine is does not count. */
function spent(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

const codes = (schema: unknown) => checkSchema(schema).map(({ code }) => code)

describe('schemas of the corpus', () => {
  const { attacks, benign } = corpus('schema')
  it.each(attacks)('$why', ({ payload, expect: wanted }) => {
    const schema = JSON.parse(payload)
    const ms = spent(() => {
      const problems = checkSchema(schema)
      if (wanted === 'reject') {
        expect(problems.length).toBeGreaterThan(0)
        for (const { message } of problems) expect(message).toMatch(/^[A-Z$a-z].*\.$/s)
        expect(validateInterpreted(schema, { a: 1 })).not.toEqual([])
      } else {
        expect(problems).toEqual([])
        validateInterpreted(schema, { [`${'a'.repeat(40)}!`]: 1 })
      }
    })
    expect(ms).toBeLessThan(250)
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })
  it.each(benign)('accepts $why', ({ payload }) => {
    expect(checkSchema(JSON.parse(payload))).toEqual([])
  })
})

describe('patterns of the corpus', () => {
  const { attacks, benign } = corpus('regex')
  it.each(attacks)('$payload: $why', ({ payload, expect: wanted, why }) => {
    const problem = checkPattern(payload)
    if (wanted === 'reject') {
      expect(problem).toMatch(/\.$/)
      expect(() => compilePattern(payload)).toThrow(problem ?? '')
      return
    }
    expect(problem).toBeNull()
    const subject = /subject "(.)"\*(\d+)(\+"!")?/.exec(why)
    const text = `${(subject?.[1] ?? 'a').repeat(Number(subject?.[2] ?? 40))}${subject?.[3] === undefined ? '' : '!'}`
    // The best of three, because the first one also pays for what the engine compiles.
    const times = Array.from({ length: 3 }, () =>
      spent(() => {
        compilePattern(payload).test(text)
        compilePattern(payload).test(text.repeat(500))
      }),
    )
    expect(Math.min(...times)).toBeLessThan(50)
  })
  it.each(benign)('accepts $payload', ({ payload }) => {
    expect(checkPattern(payload)).toBeNull()
  })
})

describe('a pattern', () => {
  it.each([
    ['a++', 'character 2'],
    ['x(y', 'missing closing )'],
    ['\\p{Nope}', 'not a valid regular expression'],
    ['(a)\\1', 'Back-references like \\1'],
    ['\\k<n>', 'Back-references like \\k<name>'],
    ['(?<=a)b', 'look-behind'],
    ['a(?!b)', 'Look-ahead'],
    ['(?i)a', 'not a valid regular expression'],
    ['(a{500}){500}', 'above 1,000'],
    [`${'('.repeat(60)}a${')'.repeat(60)}`, 'more than 50 deep'],
    ['a'.repeat(1_001), 'at most 1000'],
    ['[a-z]{900}'.repeat(4), 'repeats too much'],
  ])('%s is refused: %s', (pattern, says) => {
    expect(checkPattern(pattern)).toContain(says)
  })

  it.each(['^.{3,100}$', '[(?=]', '\\\\1', '^\\d{5}(?:-\\d{4})?$', '\\p{Lu}', '(?<year>\\d{4})', '', '[^\\]]+', '\\/'])(
    '%s is accepted',
    (pattern) => {
      expect(checkPattern(pattern)).toBeNull()
    },
  )
})

describe('the gate', () => {
  it.each([
    ['no object', 'type: object', 'schema.invalid'],
    ['a list', [], 'schema.invalid'],
    ['an unknown keyword', { minlength: 3 }, 'schema.keyword'],
    ['an unknown type', { type: 'text' }, 'schema.invalid'],
    ['no type at all', { type: [] }, 'schema.invalid'],
    ['a type twice', { type: ['string', 'string'] }, 'schema.invalid'],
    ['an empty enum', { enum: [] }, 'schema.invalid'],
    ['a negative count', { minLength: -1 }, 'schema.invalid'],
    ['half a count', { maxItems: 1.5 }, 'schema.invalid'],
    ['multiples of nothing', { multipleOf: 0 }, 'schema.invalid'],
    ['tuples of the old kind', { $schema: DIALECT, items: [{ type: 'string' }] }, 'schema.invalid'],
    ['nullable', { type: 'string', nullable: true }, 'schema.keyword'],
    ['an async schema', { $async: true, type: 'object' }, 'schema.keyword'],
    ['an async part', { properties: { a: { $async: true } } }, 'schema.keyword'],
    ['data in a keyword', { properties: { a: { minimum: { $data: '1/b' } } } }, 'schema.invalid'],
    ['another dialect', { $schema: 'http://json-schema.org/draft-03/schema#' }, 'schema.dialect'],
    [
      'a dialect inside',
      { properties: { a: { $schema: 'https://json-schema.org/draft/2020-12/schema' } } },
      'schema.dialect',
    ],
    ['an id inside', { properties: { a: { $id: 'https://example.com/a' } } }, 'schema.reference'],
    ['an id that is a fragment', { $id: 'https://example.com/#x' }, 'schema.reference'],
    ['a reference elsewhere', { $ref: 'https://example.com/x' }, 'schema.reference'],
    ['a relative reference', { $ref: 'other.json#/a' }, 'schema.reference'],
    ['a reference to nothing', { $ref: '#/$defs/none' }, 'schema.reference'],
    ['a reference into data', { $ref: '#/const', const: { type: 'string' } }, 'schema.reference'],
    ['a reference to a map', { $ref: '#/$defs', $defs: {} }, 'schema.reference'],
    ['an anchor that is missing', { $ref: '#none' }, 'schema.reference'],
    ['an anchor twice', { $defs: { a: { $anchor: 'x' }, b: { $anchor: 'x' } } }, 'schema.reference'],
    ['a circle through allOf', { allOf: [{ $ref: '#' }] }, 'schema.no_progress'],
    ['a circle through not', { not: { $ref: '#' } }, 'schema.no_progress'],
    [
      'a circle through if',
      { if: { $ref: '#/$defs/a' }, $defs: { a: { anyOf: [{ $ref: '#/$defs/a' }] } } },
      'schema.no_progress',
    ],
    ['a circle through dependentSchemas', { dependentSchemas: { a: { $ref: '#' } } }, 'schema.no_progress'],
    ['a format of nobody', { format: 'phone' }, 'schema.format'],
    ['a format that is a method', { format: 'toString' }, 'schema.format'],
    ['a pattern with look-ahead', { pattern: '^(?=a)' }, 'schema.pattern'],
    ['such a property pattern', { patternProperties: { '(a)\\1': true } }, 'schema.pattern'],
    ['a reserved property', { properties: { constructor: { type: 'string' } } }, 'schema.reserved_key'],
    ['a reserved required name', { required: ['__proto__'] }, 'schema.invalid'],
    ['lengths that cross', { minLength: 5, maxLength: 4 }, 'schema.impossible'],
    ['more entries than fit', { type: 'array', minItems: 100_000 }, 'schema.impossible'],
  ])('refuses %s', (_, schema, code) => {
    expect(codes(schema)).toContain(code)
  })

  it('tells where: the path leads to the keyword', () => {
    const schema = { properties: { a: { items: { minlength: 1, pattern: '[' } } }, required: ['a', 'a'] }
    expect(checkSchema(schema).map(({ path }) => path.join('/'))).toEqual([
      'properties/a/items/minlength',
      'properties/a/items/pattern',
      'required',
    ])
    expect(checkSchema({ minlength: 1 })[0]?.message).toContain('Did you mean minLength?')
  })

  it('refuses reserved names in data too', () => {
    for (const keyword of ['default', 'const', 'examples']) {
      expect(codes(JSON.parse(`{"${keyword}": {"a": [{"__proto__": 1}]}}`))).toEqual(['schema.reserved_key'])
    }
    expect(codes(JSON.parse('{"enum": [{"__proto__": 1}]}'))).toEqual(['schema.reserved_key'])
  })

  it('bounds size, depth and aliases', () => {
    expect(codes({ description: 'x'.repeat(70_000) })).toEqual(['schema.too_large'])
    let nested: object = { type: 'string' }
    for (let i = 0; i < 40; i++) nested = { items: nested }
    expect(codes(nested)).toContain('schema.too_deep')
    let shared: object = { type: 'string' }
    for (let i = 0; i < 30; i++) shared = { anyOf: [shared, shared] }
    expect(spent(() => expect(codes(shared)).toEqual(['schema.too_large']))).toBeLessThan(250)
    const circle: Record<string, unknown> = {}
    circle.items = circle
    expect(codes(circle)).toEqual(['schema.too_deep'])
  })

  it('bounds what alternatives multiply to, through references and through levels', () => {
    const chain = (n: number, wrap: (ref: object) => object) => ({
      $ref: '#/$defs/n0',
      $defs: Object.fromEntries(
        Array.from({ length: n + 1 }, (_, i) => [
          `n${i}`,
          i === n
            ? { const: 1 }
            : { anyOf: [wrap({ $ref: `#/$defs/n${i + 1}` }), wrap({ $ref: `#/$defs/n${i + 1}` })] },
        ]),
      ),
    })
    expect(codes(chain(25, (ref) => ref))).toEqual(['schema.too_costly'])
    expect(codes(chain(8, (ref) => ref))).toEqual([])
    const wide = Array.from({ length: 30 }, () => ({ type: 'object', properties: { a: { $ref: '#' } } }))
    expect(codes({ oneOf: wide })).toEqual(['schema.too_costly'])
    const blocks = Array.from({ length: 8 }, (_, i) => ({
      properties: { kind: { const: i }, children: { items: { $ref: '#' } } },
    }))
    expect(codes({ oneOf: blocks })).toEqual([])
  })

  it('bounds what lists within lists ask for', () => {
    const lists = (n: number) => ({
      type: 'array',
      minItems: n,
      items: { type: 'array', minItems: n, items: { type: 'array', minItems: n, items: { type: 'string' } } },
    })
    expect(codes(lists(40))).toEqual(['schema.impossible'])
    expect(codes(lists(20))).toEqual([])
    const doubling = Object.fromEntries(
      Array.from({ length: 25 }, (_, i) => {
        const next = { $ref: `#/$defs/n${i + 1}` }
        return [`n${i}`, { type: 'object', required: ['l', 'r'], properties: { l: next, r: next } }]
      }),
    )
    expect(codes({ $ref: '#/$defs/n0', $defs: { ...doubling, n25: {} } })).toEqual(['schema.impossible'])
  })

  it('does not follow a chain of references until the stack ends', () => {
    const defs = Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => [`d${i}`, { $ref: `#/$defs/d${i + 1}` }]))
    expect(codes({ $ref: '#/$defs/d0', $defs: { ...defs, d2000: {} } })).toContain('schema.too_deep')
  })

  it.each([
    ['a root reference that goes deeper', { type: 'object', properties: { next: { $ref: '#' } } }],
    ['notes of one’s own', { 'x-order': 1, title: 'A', $comment: 'b', deprecated: true }],
    [
      'a root id and the dialect',
      { $id: 'https://example.com/a', $schema: 'https://json-schema.org/draft/2020-12/schema' },
    ],
    ['references to percent-encoded places', { $ref: '#/$defs/a%20b', $defs: { 'a b': {} } }],
    ['true and false', { properties: { a: true, b: false }, additionalProperties: false }],
  ])('accepts %s', (_, schema) => {
    expect(checkSchema(schema)).toEqual([])
  })
})
