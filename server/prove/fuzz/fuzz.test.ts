import { describe, expect, it } from 'vitest'
import { fuzzPortion } from './portion.ts'
import { TARGETS } from './targets.ts'

describe('whatever is put in', () => {
  it.each(TARGETS.map(({ name }) => [name, name === 'parser' ? 80 : 700] as const))(
    'the %s accept or refuse it, in time',
    (only, inputs) => {
      const { crashes, hangs, accepted } = fuzzPortion({ seed: 2_026, from: 0, to: inputs, only })
      expect(crashes).toEqual([])
      expect(hangs).toEqual([])
      // Input that is only ever refused at the door shows nothing of what lies behind it.
      expect(accepted[only]).toBeGreaterThan(inputs / 50)
    },
  )

  it('is the same again for the same seed and number', () => {
    const once = fuzzPortion({ seed: 7, from: 40, to: 60 })
    expect(fuzzPortion({ seed: 7, from: 40, to: 60 }).inputs).toEqual(once.inputs)
    expect(Object.values(once.inputs).reduce((sum, many) => sum + many)).toBe(20)
  })
})
