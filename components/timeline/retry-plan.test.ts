import { describe, expect, it } from 'vitest'
import { failedRun } from '../../stories/fixtures/runs.ts'
import { changedInputs, retryPlan } from './retry-plan.ts'

describe('a retry', () => {
  it('keeps what had completed and runs where it stopped again', () => {
    expect(retryPlan(failedRun, null)).toEqual({ kept: ['collect_brief', 'generate_draft'], again: ['publish'] })
  })

  it('from an earlier step runs all again that came after it', () => {
    expect(retryPlan(failedRun, 'generate_draft')).toEqual({
      kept: ['collect_brief'],
      again: ['generate_draft', 'publish'],
    })
  })

  it('does not keep an earlier visit of the step it begins at', () => {
    const stopped = failedRun.steps.filter(({ step_id }) => step_id === 'publish')
    const before = stopped.slice(0, 1).map((attempt) => ({ ...attempt, status: 'completed' as const, seq: 0 }))
    const again = stopped.map((attempt) => ({ ...attempt, visit: 2 }))
    const others = failedRun.steps.filter(({ step_id }) => step_id !== 'publish')
    expect(retryPlan({ ...failedRun, steps: [...others, ...before, ...again] }, null)).toEqual({
      kept: ['collect_brief', 'generate_draft'],
      again: ['publish'],
    })
  })

  it('sends only the inputs that were changed', () => {
    expect(changedInputs({ a: 1, b: [1] }, { a: 1, b: [2] })).toEqual({ b: [2] })
    expect(changedInputs({ a: { x: 1 } }, { a: { x: 1 } })).toBeNull()
  })
})
