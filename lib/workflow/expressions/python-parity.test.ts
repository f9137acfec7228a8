import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../mock-ai/random.ts'
import type { Scope } from '../scope.ts'
import recorded from './fixtures/python-values.json' with { type: 'json' }
import { askPython, hasPython } from './testing/ask-python.ts'
import { CURATED } from './testing/curated.ts'
import { NO_VALUE, outcome, written } from './testing/outcome.ts'
import { DATA, sketches } from './testing/sketch.ts'

const scope: Scope = { roots: { runtime: DATA }, now: '2026-01-01T00:00:00.000Z' }

const page = readFileSync(new URL('../../../docs/expressions.md', import.meta.url), 'utf8')

const SEED = Number(process.env.PARITY_SEED ?? 42)
/** So many that what differs on purpose may be left out of the count. */
const RANDOM = Number(process.env.PARITY_COUNT ?? 26_000)

describe('expressions mean what Python made of them', () => {
  it('in the recorded table', () => {
    const expected = recorded.cases.map(([source, ...values]) => ({
      source,
      is: values.length === 0 ? NO_VALUE : written(values[0] ?? null),
    }))
    const values = expected.filter(({ is }) => is !== NO_VALUE).length
    expect(values).toBeGreaterThan(1_500)
    expect(expected.length - values).toBeGreaterThan(1_000)
    expect(expected.map(({ source }) => ({ source, is: outcome(String(source), scope) }))).toEqual(expected)
  })
})

describe.runIf(hasPython())('expressions mean what the Python that is installed here makes of them', () => {
  it(`for ${RANDOM} random ones, and what differs on purpose is what the page about it says`, {
    timeout: 600_000,
  }, async () => {
    const asked = [...CURATED.map((text) => ({ ours: text, python: text })), ...sketches(createRandom(SEED), RANDOM)]
    const { version, answers } = await askPython(
      DATA,
      asked.map(({ python }) => python),
    )
    expect(answers).toHaveLength(asked.length)
    const kinds = { values: 0, errors: 0, differences: 0 }
    const differences: Record<string, number> = {}
    const parted = asked.flatMap(({ ours, python }, i) => {
      const { value = null, error, differences: why } = answers[i] ?? {}
      kinds[why ? 'differences' : error ? 'errors' : 'values']++
      for (const one of why ?? []) differences[one] = (differences[one] ?? 0) + 1
      const [expected, is] = [error ? NO_VALUE : written(value), outcome(ours, scope)]
      return is === expected ? [] : [{ ours, python, expected, is, why }]
    })
    console.log(`${version}, seed ${SEED}: ${JSON.stringify(kinds)}, on purpose: ${JSON.stringify(differences)}`)
    expect(parted).toEqual([])
    // Otherwise the sketches would show one side only, or differences everywhere.
    expect(kinds.values + kinds.errors).toBeGreaterThan(RANDOM * 0.77)
    expect(Math.min(kinds.values, kinds.errors)).toBeGreaterThan(RANDOM * 0.3)
    expect(Object.keys(differences).sort()).toEqual(Object.keys(ON_PURPOSE).sort())
    for (const row of Object.values(ON_PURPOSE)) expect(page).toContain(row)
  })
})

/** What may differ, each with the row that says so in "Not as in Python or Jinja" of docs/expressions.md. */
const ON_PURPOSE: Readonly<Record<string, string>> = {
  'arithmetic on texts or lists': '| texts and lists | have no arithmetic;',
  'chained comparison': '| `1 < x < 3` | is refused;',
  'min and max: capitals like small letters': '| `min`, `max` | of numbers or of texts, capitals like small letters |',
  'min and max: numbers or texts only': '| `min`, `max` | of numbers or of texts, capitals like small letters |',
  'number beyond 2^53': '| whole numbers | are exact up to 2^53;',
  'number without a fraction is whole': '| a number without a fraction | is a whole number:',
  'order of lists': '| lists | have no order |',
  'truth value as a number': '| true and false | are no numbers:',
}
