import { describe, expect, it } from 'vitest'
import { checkSchema } from './gate.ts'
import { validateInterpreted } from './validate-interpreted.ts'
import { VALIDATION_CASES } from './validation-cases.ts'

describe('the interpreting validator', () => {
  for (const { name, schema, valid, invalid } of VALIDATION_CASES) {
    it(`knows ${name}`, () => {
      expect(checkSchema(schema)).toEqual([])
      for (const value of valid) expect(validateInterpreted(schema, value)).toEqual([])
      for (const [value, ...violations] of invalid) expect(validateInterpreted(schema, value)).toEqual(violations)
    })
  }

  it('answers with the reason when the schema does not pass the gate', () => {
    expect(validateInterpreted({ $ref: 'https://example.com/x' }, 1)).toEqual([
      {
        path: '',
        message: expect.stringContaining('cannot be checked, because its schema has an error: Only references'),
      },
    ])
  })

  it('gives up on data that multiplies alternatives, instead of hanging', () => {
    const schema = {
      anyOf: [{ items: { $ref: '#' } }, { items: { $ref: '#' } }, { items: { $ref: '#' } }],
      not: { const: 1 },
    }
    let value: unknown = 1
    for (let i = 0; i < 30; i++) value = [value]
    expect(validateInterpreted(schema, value as never)).toEqual([
      { path: '', message: 'is too complex to be checked; make it smaller' },
    ])
  }, 30_000)

  it('names at most 50 violations, each once', () => {
    const schema = { allOf: [{ items: { type: 'string' } }, { items: { type: 'string' } }] }
    const violations = validateInterpreted(
      schema,
      Array.from({ length: 200 }, (_, i) => i),
    )
    expect(violations).toHaveLength(50)
    expect(new Set(violations.map((v) => v.path)).size).toBe(50)
  })
})
