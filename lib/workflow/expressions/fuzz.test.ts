import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Scope } from '../scope.ts'
import { renderTemplate } from '../templates/render.ts'
import type { Node } from './ast.ts'
import { checkExpression } from './check.ts'
import { ExpressionError } from './errors.ts'
import { evaluateExpression } from './evaluate.ts'
import { evaluate } from './evaluator.ts'
import { Fuel } from './fuel.ts'
import { HELPERS } from './helpers.ts'
import { references } from './references.ts'
import { TESTS } from './tests.ts'
import { isPlain } from './values.ts'

/** Data with everything in it that must stay out of reach. */
const host = {
  text: 'Straße 🚀',
  number: 7,
  half: 2.5,
  yes: true,
  nothing: null,
  list: [1, 'a', null, [2, { x: 1 }]],
  scores: [3, 20, 7],
  object: { text: 'x', inner: { list: [1] } },
  key: '__proto__',
  other: 'constructor',
  JSONed: JSON.parse('{"__proto__": {"polluted": 1}, "constructor": 1}'),
  call: () => 'called',
  date: new Date(0),
  map: new Map([['a', 1]]),
  host: globalThis,
  hosts: [() => 1, globalThis, new Date(0), undefined],
  instance: new (class Secret {
    value = 'instance'
  })(),
  get getter(): string {
    throw new Error('An accessor was read.')
  },
}
// A scope is typed as JSON; what if it were not?
const scope = { roots: { runtime: host, inputs: { a: 1 }, secrets: { T: 's' } }, now: 'now' } as unknown as Scope

const names = [
  'text',
  'number',
  'list',
  'object',
  'key',
  'other',
  'call',
  'date',
  'map',
  'host',
  'hosts',
  'instance',
  'getter',
  'JSONed',
  'nope',
  'loopvar',
  'inputs',
  'secrets',
  'runtime',
  'constructor',
  '__proto__',
  'toString',
  'this',
  'process',
  'globalThis',
]
const keys = [...names, 'length', 'inner', 'value', 'prototype', 'x', 'T']

const leaf = fc.oneof(
  fc.constantFrom(...names).map((name) => ({ type: 'name', name })),
  fc
    .oneof(fc.integer(), fc.double(), fc.string(), fc.boolean(), fc.constant(null))
    .map((value) => ({ type: 'literal', value })),
)

const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, depthIdentifier: 'tree' },
    leaf,
    fc.record({
      type: fc.constant('member'),
      object: tie('tree'),
      key: fc.oneof(
        fc.constantFrom(...keys).map((value) => ({ type: 'literal', value })),
        tie('tree'),
      ),
    }),
    fc.record({ type: fc.constant('list'), items: fc.array(tie('tree'), { maxLength: 4 }) }),
    fc.record({ type: fc.constantFrom('not', 'sign'), operator: fc.constantFrom('-', '+', '~'), operand: tie('tree') }),
    fc.record({
      type: fc.constant('logical'),
      operator: fc.constantFrom('and', 'or', '??'),
      operands: fc.array(tie('tree'), { maxLength: 4 }),
    }),
    fc.record({
      type: fc.constantFrom('compare', 'arithmetic'),
      operator: fc.constantFrom(
        '==',
        '!=',
        '<',
        '<=',
        '>',
        '>=',
        'in',
        'not in',
        '+',
        '-',
        '*',
        '/',
        '%',
        '**',
        'instanceof',
      ),
      left: tie('tree'),
      right: tie('tree'),
    }),
    fc.record({ type: fc.constant('conditional'), test: tie('tree'), consequent: tie('tree'), alternate: tie('tree') }),
    fc.record({
      type: fc.constant('call'),
      helper: fc.constantFrom(...HELPERS.keys(), 'eval', 'constructor', 'toString'),
      args: fc.array(
        fc.oneof(
          { weight: 5, arbitrary: tie('tree') },
          fc.record({
            type: fc.constant('generator'),
            element: tie('tree'),
            targets: fc.constantFrom(['loopvar'], ['a', 'loopvar'], []),
            iterable: tie('tree'),
            condition: fc.option(tie('tree')),
          }),
        ),
        { maxLength: 3 },
      ),
    }),
    fc.record({
      type: fc.constant('test'),
      test: fc.constantFrom(...TESTS.keys(), 'callable'),
      negated: fc.boolean(),
      operand: tie('tree'),
      args: fc.array(tie('tree'), { maxLength: 2 }),
    }),
    fc.record({
      type: fc.constantFrom('Function', 'constructor', '__proto__', 'ThisExpression'),
      body: tie('tree'),
    }),
  ),
}))

/** What stands in the scope by itself comes along where a whole namespace is the value; it was never looked into. */
const parts = new Set<unknown>([
  ...Object.values(Object.getOwnPropertyDescriptors(host)).map(({ value }) => value),
  ...host.hosts,
])

/** Whether every part of a value is plain data. */
function isData(value: unknown): boolean {
  if (!isPlain(value)) return false
  if (typeof value !== 'object' || value === null) return true
  return Object.keys(value).every((key) => {
    const part: unknown = Object.getOwnPropertyDescriptor(value, key)?.value
    return parts.has(part) || isData(part)
  })
}

describe('whatever the tree', () => {
  it('it has plain data as its value or is refused, and never touches the host', () => {
    const reached = { values: 0, errors: 0 }
    fc.assert(
      fc.property(tree, (random) => {
        const node = withPlaces(random)
        try {
          const value = evaluate(node, { scope, fuel: new Fuel(), locals: null })
          reached.values++
          expect(isData(value)).toBe(true)
          expect(typeof value).not.toBe('function')
        } catch (error) {
          reached.errors++
          if (!(error instanceof ExpressionError)) throw error
          expect(error.message).not.toMatch(/undefined|\[object|function|called|instance$/)
        }
      }),
      { numRuns: 5_000 },
    )
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    // Otherwise the generator would only ever show one side.
    expect(Math.min(reached.values, reached.errors)).toBeGreaterThan(200)
  })
})

/** Gives every node a place, as the parser does. */
function withPlaces(node: unknown): Node {
  const place = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(place)
    if (typeof value !== 'object' || value === null) return value
    const copy = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, place(part)]))
    return 'type' in copy ? { ...copy, offset: 0, length: 1 } : copy
  }
  return place(node) as Node
}

const token = fc.oneof(
  fc.constantFrom(
    ...[
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      '.',
      ',',
      '?',
      ':',
      '|',
      '||',
      '&&',
      '==',
      '=',
      '<',
      '+',
      '-',
      '*',
      '/',
      '%',
      '!',
      '~',
      ';',
      '`',
      '=>',
      '...',
      '?.',
      '\\',
      '"',
      "'",
      '"a"',
      "'b'",
      '1',
      '2.5',
      '1e9',
      '0x1',
      '9n',
      ' ',
      '\n',
      '\u0000',
      '\u2028',
    ],
    ...['and', 'or', 'not', 'in', 'is', 'if', 'else', 'for', 'x', 'new', 'typeof', 'delete', 'lambda', 'True', 'None'],
    ...['any', 'all', 'len', 'default', 'lower', 'join', 'defined', 'none', 'round', 'tojson'],
    ...names,
  ),
  fc.string({ maxLength: 3 }),
)
const soup = fc.array(token, { maxLength: 25 }).map((tokens) => tokens.join(' '))

describe('whatever the source', () => {
  it('it is evaluated or refused with a place inside it', () => {
    fc.assert(
      fc.property(soup, (source) => {
        references(source)
        for (const { offset, length } of checkExpression(source)) {
          expect(offset).toBeGreaterThanOrEqual(0)
          expect(offset).toBeLessThanOrEqual(source.length)
          expect(length).toBeGreaterThan(0)
        }
        try {
          expect(isData(evaluateExpression(source, scope))).toBe(true)
        } catch (error) {
          if (!(error instanceof ExpressionError)) throw error
          expect(error.offset).toBeLessThanOrEqual(source.length)
        }
      }),
      { numRuns: 5_000 },
    )
  })

  it('and so is every template', () => {
    const block = fc.oneof(
      soup.map((source) => `{{ ${source} }}`),
      soup.map((source) => `{% if ${source} %}`),
      soup.map((source) => `{% for x in ${source} %}`),
      fc.constantFrom(
        '{% endif %}',
        '{% endfor %}',
        '{% else %}',
        '{%- set x = 1 -%}',
        '{% raw %}',
        '{% endraw %}',
        '{#',
        '#}',
        '{{',
        '}}',
        '{%',
        '%}',
        '\n',
        ' text ',
      ),
    )
    fc.assert(
      fc.property(fc.array(block, { maxLength: 8 }), (blocks) => {
        const template = blocks.join('')
        try {
          expect(renderTemplate(template, scope)).toBeTypeOf('string')
        } catch (error) {
          if (!(error instanceof ExpressionError)) throw error
          expect(error.offset).toBeLessThanOrEqual(template.length)
          expect(error.line).toBeGreaterThan(0)
        }
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('a tree that the parser does not make', () => {
  it.each([
    { type: 'call', helper: 'lower', args: [] },
    { type: 'call', helper: 'now', args: [{ type: 'literal', value: 1 }] },
    { type: 'call', helper: 'constructor', args: [] },
    { type: 'name', name: 'constructor' },
    { type: 'member', object: { type: 'name', name: 'JSONed' }, key: { type: 'literal', value: 'constructor' } },
    { type: 'member', object: { type: 'name', name: 'JSONed' }, key: { type: 'literal', value: '__proto__' } },
    {
      type: 'compare',
      operator: 'instanceof',
      left: { type: 'literal', value: 1 },
      right: { type: 'literal', value: 1 },
    },
    { type: 'arithmetic', operator: '**', left: { type: 'literal', value: 1 }, right: { type: 'literal', value: 1 } },
    { type: 'literal', value: Number.NaN },
    { type: 'test', test: 'callable', negated: false, operand: { type: 'literal', value: 1 }, args: [] },
    { type: 'Function' },
  ])('is refused: %j', (node) => {
    expect(() => evaluate(withPlaces(node), { scope, fuel: new Fuel(), locals: null })).toThrow(
      expect.objectContaining({ code: 'expression.not_allowed' }),
    )
  })
})

describe('a host value within data', () => {
  it.each([
    'hosts[0]',
    'hosts[1].process',
    'call',
    'date',
    'instance.value',
    'getter',
    'any(h() for h in hosts)',
    'first(hosts)',
    'map.size',
  ])('is not there: %s', (source) => {
    expect(() => evaluateExpression(source, scope)).toThrow(ExpressionError)
  })
  it('shows as null where it stands inside of what is printed', () => {
    expect(evaluateExpression('string(hosts)', scope)).toBe('[None, None, None, None]')
    expect(evaluateExpression('tojson(hosts)', scope)).toBe('[null, null, null, null]')
    expect(evaluateExpression('len([hosts])', scope)).toBe(1)
  })
})
