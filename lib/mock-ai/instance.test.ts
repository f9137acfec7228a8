import { describe, expect, it } from 'vitest'
import { FORMATS } from '#lib/schema/formats.ts'
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
      }
      const [seed = 0] = SEEDS
      const again = () => makeInstance(schema, 'Write a blog post about AI for developers.', seed)
      expect(again()).toEqual(again())
    }, 20_000)
  }

  it.each([...FORMATS.keys()])('fits the format %s, five different ones where they must differ', (format) => {
    const items = { type: 'string', format }
    for (const seed of SEEDS) {
      const made = makeInstance({ type: 'array', items, minItems: 5, uniqueItems: true }, '', seed)
      expect(made?.value, `seed ${seed}`).toHaveLength(5)
    }
  })
})
