import { afterEach, beforeEach, describe } from 'vitest'
import { earlyConformance } from './early.ts'
import { effectsConformance } from './effects.ts'
import { type Actions, actionsOf, type Harness } from './kit.ts'
import { peopleConformance } from './people.ts'
import { scopesConformance } from './scopes.ts'
import { sequenceConformance } from './sequence.ts'
import { togetherConformance } from './together.ts'
import { turnsConformance } from './turns.ts'

export { createTestClock, done, type Harness } from './kit.ts'

/** The behaviour every engine has: most of what is known of an engine is written here, once. */
export function engineConformance(name: string, open: () => Promise<Harness>): void {
  describe(`${name} engine`, () => {
    let harness: Harness
    let actions: Actions
    beforeEach(async () => {
      harness = await open()
      actions = actionsOf(harness)
    })
    afterEach(() => harness.close())
    const h = () => harness
    const act = () => actions

    describe('a sequence', () => sequenceConformance(h, act))
    describe('people', () => peopleConformance(h, act))
    describe('scopes', () => scopesConformance(h, act))
    describe('an unknown effect', () => effectsConformance(h, act))
    describe('runs together', () => togetherConformance(h, act))
    describe('runs that take turns', () => turnsConformance(h, act))
    describe('an answer before its wait', () => earlyConformance(h, act))
  })
}
