import { describe, expect, it } from 'vitest'
import { soundness } from './soundness.ts'

/** The long form is `npm run prove -- types --long`. */
describe('random workflows that were accepted', () => {
  it('never meet an unknown variable or a value of a wrong type', { timeout: 60_000 }, async () => {
    const { unsound, accepted, made, runs, ends } = await soundness({ seed: 2_026, accepted: 120, runs: 3, tries: 0 })
    expect(unsound).toEqual([])
    expect(accepted).toBe(120)
    // Neither is all refused nor all let through.
    expect(made / accepted).toBeGreaterThan(1.5)
    expect(made / accepted).toBeLessThan(6)
    expect(runs).toBeGreaterThan(200)
    expect(ends.completed).toBeGreaterThan(100)
  })

  it('were told from others of which many do fail', { timeout: 60_000 }, async () => {
    const { doubted, failing } = await soundness({ seed: 7, accepted: 15, runs: 0, tries: 4 })
    expect(failing / doubted).toBeGreaterThan(0.25)
  })
})
