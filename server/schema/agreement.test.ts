import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json, JsonSchema } from '#lib/json.ts'
import { checkSchema } from '#lib/schema/gate.ts'
import { validateInterpreted } from '#lib/schema/validate-interpreted.ts'
import { compileSchema } from './compile.ts'
import { isLeftToInterpreter } from './judge.ts'

const name = fc.constantFrom('a', 'b', 'c', 'x_1')
const small = fc.integer({ min: 0, max: 4 })
const value: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom<Json>(null, true, false, '', 'a', 'ab', 'abc', '2024-02-29', 'a@b.example', '👩'),
    fc.integer({ min: -3, max: 6 }),
    fc.constantFrom(0.5, 1.5, 0.3),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(name, tie('value'), { maxKeys: 4 }),
  ),
})).value

const schema: fc.Arbitrary<JsonSchema | boolean> = fc.letrec<{ schema: JsonSchema | boolean }>((tie) => {
  const sub = tie('schema')
  const subs = fc.array(sub, { minLength: 1, maxLength: 3 })
  const map = fc.dictionary(name, sub, { maxKeys: 3 })
  const scalar = fc.record(
    {
      type: fc.constantFrom('string', 'number', 'integer', 'boolean', 'object', 'array', 'null'),
      enum: fc.array(value, { minLength: 1, maxLength: 3 }),
      const: value,
      minLength: small,
      maxLength: small,
      pattern: fc.constantFrom('^a', 'b$', '^[a-c]*$', '\\d'),
      format: fc.constantFrom('date', 'email'),
      minimum: small,
      exclusiveMaximum: small,
      multipleOf: fc.constantFrom(1, 2, 0.5, 0.1),
      minItems: small,
      maxItems: small,
      uniqueItems: fc.boolean(),
      minProperties: small,
      maxProperties: small,
      required: fc.uniqueArray(name, { maxLength: 2 }),
      dependentRequired: fc.dictionary(name, fc.uniqueArray(name, { maxLength: 2 }), { maxKeys: 2 }),
    },
    { requiredKeys: [] },
  )
  const structure = fc.record(
    {
      properties: map,
      patternProperties: fc.dictionary(fc.constantFrom('^x_', '[ab]'), sub, { maxKeys: 2 }),
      additionalProperties: sub,
      propertyNames: fc.constantFrom<JsonSchema>({ maxLength: 1 }, { pattern: '^[a-b]' }),
      dependentSchemas: map,
      prefixItems: subs,
      items: sub,
      allOf: subs,
      anyOf: subs,
      oneOf: subs,
      not: sub,
      if: sub,
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema; nobody awaits a schema
      then: sub,
      else: sub,
      $ref: fc.constantFrom('#/$defs/leaf', '#leaf'),
    },
    { requiredKeys: [] },
  )
  const some = fc
    .tuple(scalar, structure)
    .chain(([a, b]) =>
      fc
        .subarray([...Object.entries(a), ...Object.entries(b)], { maxLength: 4 })
        .map((entries) => Object.fromEntries(entries)),
    )
  return { schema: fc.oneof({ maxDepth: 3, depthSize: 'medium' }, fc.boolean(), some, some, some) }
}).schema

describe('the two validators', () => {
  it('agree on generated schemas and values', () => {
    let compared = 0
    let invalid = 0
    fc.assert(
      fc.property(schema, fc.array(value, { minLength: 1, maxLength: 4 }), (drawn, drawnValues) => {
        const generated: typeof drawn = JSON.parse(JSON.stringify(drawn))
        const values: typeof drawnValues = JSON.parse(JSON.stringify(drawnValues))
        const whole: JsonSchema = {
          ...(typeof generated === 'boolean' ? { allOf: [generated] } : generated),
          $defs: { leaf: { $anchor: 'leaf', type: ['string', 'array', 'object'], maxLength: 2, maxItems: 2 } },
        }
        fc.pre(checkSchema(whole).length === 0 && !isLeftToInterpreter(whole))
        const fits = compileSchema(whole)
        for (const item of values) {
          const violations = validateInterpreted(whole, item)
          compared++
          if (violations.length > 0) invalid++
          expect(violations.length === 0, JSON.stringify([whole, item, violations])).toBe(fits(item))
        }
      }),
      { numRuns: 250, seed: 2_012 },
    )
    // Neither side may be so common that the agreement says nothing.
    expect(invalid / compared).toBeGreaterThan(0.2)
    expect(invalid / compared).toBeLessThan(0.9)
  }, 60_000)

  it('see own properties only', () => {
    for (const name of ['toString', 'constructor', '__proto__'])
      expect(compileSchema({ required: [name] })({})).toBe(false)
  })
})
