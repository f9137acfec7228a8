import { expect, it } from 'vitest'
import { canonical, flow } from '#lib/workflow/validate-testkit.ts'
import { noStepToForkFrom, noStepToRetryFrom } from './unknown-step.ts'

const definition = canonical(
  flow(
    'id: brief\ntype: set\nvalues: {a: "1"}',
    'id: checks\ntype: parallel\nbranches: {legal: [{id: calls, type: for_each, items: "[1]", steps: [{id: ring, type: set, values: {b: "1"}}]}]}',
  ),
)

it('names the steps at which a run can be taken up, those inside others as well', () => {
  expect(noStepToRetryFrom(definition, 'nowhere').message).toBe(
    'The workflow has no step nowhere to begin at. Its steps are: brief, checks, calls, ring.',
  )
})

it('names the steps at which a run can branch off, which are the outer ones', () => {
  expect(noStepToForkFrom(definition, 'nowhere').message).toBe(
    'The workflow has no step nowhere to begin at. Its steps are: brief, checks.',
  )
})

it('says of a step inside others where to begin instead', () => {
  expect(noStepToRetryFrom(definition, 'ring').message).toBe(
    'The run does not stand inside checks, where ring is. Begin at checks.',
  )
  expect(noStepToForkFrom(definition, 'ring').message).toBe(
    'A run does not begin at ring, which stands inside checks. Begin at checks.',
  )
})
