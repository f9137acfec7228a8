import { describe, expect, it } from 'vitest'
import { createRandom } from '../../mock-ai/random.ts'
import type { Scope } from '../scope.ts'
import recorded from './fixtures/python-values.json' with { type: 'json' }
import { askPython, pythonVersion } from './testing/ask-python.ts'
import { CURATED } from './testing/curated.ts'
import { NO_VALUE, outcome, written } from './testing/outcome.ts'
import { DATA, sketches } from './testing/sketch.ts'

const scope: Scope = { roots: { runtime: DATA }, now: '2026-01-01T00:00:00.000Z' }

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

describe.runIf(pythonVersion() !== null)(
  'expressions mean what the Python that is installed here makes of them',
  () => {
    it(`for ${RANDOM} random ones, and what differs on purpose is what the page about it says`, {
      timeout: 600_000,
    }, async () => {
      const asked = [...CURATED.map((text) => ({ ours: text, python: text })), ...sketches(createRandom(SEED), RANDOM)]
      const answers = await askPython(
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
      console.log(
        `${pythonVersion()}, seed ${SEED}: ${JSON.stringify(kinds)}, on purpose: ${JSON.stringify(differences)}`,
      )
      expect(parted).toEqual([])
      // Otherwise the sketches would show one side only, or differences everywhere.
      expect(kinds.values).toBeGreaterThan(RANDOM * 0.3)
      expect(kinds.errors).toBeGreaterThan(RANDOM * 0.2)
      expect(Object.keys(differences).sort()).toEqual(ON_PURPOSE)
    })
  },
)

/** Each is a row of "Not as in Python or Jinja" in docs/expressions.md. */
const ON_PURPOSE = [
  'arithmetic on texts or lists',
  'chained comparison',
  'min and max: capitals like small letters',
  'min and max: numbers or texts only',
  'number beyond 2^53',
  'number without a fraction is whole',
  'order of lists',
  'truth value as a number',
]
