import { describe, expect, it } from 'vitest'
import { checkSchema } from '#lib/schema/gate.ts'
import { compileSchema } from '#server/schema/compile.ts'
import { makeInstance } from './instance.ts'
import { SAMPLE_SCHEMAS } from './sample-schemas.ts'

const SEEDS = [1, 7, 42, 1_000, 4_294_967_295]

describe('an instance by the mock', () => {
  for (const [name, schema] of Object.entries(SAMPLE_SCHEMAS)) {
    it(`fits: ${name}`, () => {
      expect(checkSchema(schema)).toEqual([])
      const fits = compileSchema(schema)
      for (const seed of SEEDS) {
        const made = makeInstance(schema, 'Write a blog post about AI for developers.', seed)
        expect(made, `seed ${seed}`).not.toBeNull()
        expect(fits(made?.value), `seed ${seed}: ${JSON.stringify(made?.value).slice(0, 300)}`).toBe(true)
        expect(makeInstance(schema, 'Write a blog post about AI for developers.', seed)).toEqual(made)
      }
    })
  }
})
