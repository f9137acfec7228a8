import { afterAll, describe, expect, it } from 'vitest'
import { VALIDATION_CASES } from '#lib/schema/validation-cases.ts'
import { createSchemaValidator } from './validator.ts'

const validator = createSchemaValidator()
afterAll(() => validator.close())

describe('the compiling validator, in its thread', () => {
  for (const { name, schema, valid, invalid } of VALIDATION_CASES) {
    it(`says what the interpreting one says of ${name}`, async () => {
      for (const value of valid) expect(await validator.validate(schema, value)).toEqual([])
      for (const [value, ...violations] of invalid) expect(await validator.validate(schema, value)).toEqual(violations)
    })
  }
})
