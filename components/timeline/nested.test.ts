import { describe, expect, it } from 'vitest'
import type { StepSummary } from '#lib/contracts/run-steps.ts'
import { run } from '../../stories/fixtures/runs.ts'
import { depthOf, nested, placeWords } from './nested.ts'

const [form] = run.steps
if (!form) throw new Error('the run of the fixtures has a step')
const any: StepSummary = form

/** Attempts as `scope/step`, in the order in which they began. */
const began = (...places: readonly string[]) =>
  places.map((place, seq): StepSummary => {
    const at = place.lastIndexOf('/')
    return { ...any, seq, path: place.slice(0, at), step_id: place.slice(at + 1) }
  })
const read = (...places: readonly string[]) => nested(began(...places)).map((step) => step.step_id)

describe('attempts as they are read', () => {
  it('stay the very list where no step holds others', () => {
    const steps = began('root/a', 'root/b')
    expect(nested(steps)).toBe(steps)
  })

  it('stand below the step around them, branch after branch', () => {
    expect(
      read(
        'root/checks',
        'root/checks@0.1/legal/a',
        'root/checks@0.1/price/x',
        'root/checks@0.1/legal/b',
        'root/after',
      ),
    ).toEqual(['checks', 'a', 'b', 'x', 'after'])
  })

  it('put items in their order, whichever began first, and each visit of the loop apart', () => {
    const steps = began('root/calls', 'root/calls@0.1/10/ring', 'root/calls@0.1/2/ring')
    expect(nested(steps).map(({ path }) => path)).toEqual(['root', 'root/calls@0.1/2', 'root/calls@0.1/10'])
    const again = { ...any, path: 'root', step_id: 'calls', visit: 2 }
    const second = { ...any, path: 'root/calls@0.2/0', step_id: 'ring' }
    expect(nested([...steps, again, second]).at(-1)).toBe(second)
  })

  it('lose none whose surroundings have not come yet', () => {
    expect(read('root/calls@0.1/0/ring', 'root/after')).toEqual(['after', 'ring'])
  })

  it('say in which branch or item they stand', () => {
    expect(placeWords('root')).toBeNull()
    expect(placeWords('root/checks@0.1/legal')).toBe('legal')
    expect(placeWords('root/orders@0.1/1/checks@0.1/price')).toBe('item 2 › price')
    expect(depthOf({ path: 'root/orders@0.1/1/checks@0.1/price' })).toBe(2)
  })
})
