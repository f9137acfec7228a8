import { describe, expect, it } from 'vitest'
import { dialectOf } from '#lib/schema/dialect.ts'
import { readSchema } from '#lib/schema/gate.ts'
import { publishedSchemas, suiteGroups } from '#lib/schema/published/read.ts'
import { validateInterpreted } from '#lib/schema/validate-interpreted.ts'
import { compileSchema } from './compile.ts'
import { judge } from './judge.ts'

describe('schemas that others published', () => {
  const schemas = publishedSchemas()

  it('are accepted or refused with the reason that was written down, and compile', () => {
    for (const { from, file, verdict, schema } of schemas) {
      const { problems, schema: modern } = readSchema(schema)
      expect(problems[0]?.code ?? 'accepted', `${from} ${file}`).toBe(verdict)
      if (problems.length === 0) compileSchema(modern)
    }
  }, 60_000)

  it('are many, of several dialects, and most are accepted', () => {
    expect(schemas.length).toBeGreaterThanOrEqual(200)
    const dialects = new Set(schemas.map(({ schema }) => dialectOf(schema.$schema)))
    for (const dialect of ['draft-04', 'draft-07', '2020-12', 'any'] as const) expect(dialects).toContain(dialect)
    expect(schemas.filter(({ verdict }) => verdict === 'accepted').length).toBeGreaterThanOrEqual(200)
  })
})

describe('the test suite of JSON Schema', () => {
  const NAMES = new Map([
    ['draft4', 'http://json-schema.org/draft-04/schema#'],
    ['draft7', 'http://json-schema.org/draft-07/schema#'],
    ['draft2020-12', 'https://json-schema.org/draft/2020-12/schema'],
  ])
  /** Here a format is always checked; and an overflow of the number itself counts as a multiple. */
  const OTHERWISE = /^format: .* format$|float division = inf$/

  it.each([...NAMES])(
    '%s: whatever the gate accepts, both validators judge as it says',
    (draft, $schema) => {
      const counted = { accepted: 0, refused: 0, values: 0 }
      for (const { about, schema, tests } of suiteGroups().filter((group) => group.draft === draft)) {
        const named = typeof schema === 'boolean' ? { allOf: [schema] } : { $schema, ...schema }
        const { problems, schema: modern } = readSchema(named)
        counted[problems.length === 0 ? 'accepted' : 'refused']++
        if (problems.length > 0 || OTHERWISE.test(about)) continue
        for (const [value, valid] of tests) {
          counted.values++
          const tried = `${about}: ${JSON.stringify(value)} in ${JSON.stringify(named)}`
          expect(validateInterpreted(named, value).length === 0, tried).toBe(valid)
          const judgement = judge(modern, value)
          expect('violations' in judgement && judgement.violations.length === 0, `on the server, ${tried}`).toBe(valid)
        }
      }
      // What is refused has references to elsewhere, ids inside, dynamic references or names of prototypes.
      expect(counted.refused / (counted.accepted + counted.refused)).toBeLessThan(0.17)
      expect(counted.values).toBeGreaterThan(500)
    },
    60_000,
  )
})
