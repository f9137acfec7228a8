import { describe, expect, it } from 'vitest'
import type { RunDetail } from '#lib/contracts/runs.ts'
import { run } from '../../stories/fixtures/runs.ts'
import { inOrder, mergeRun, newestChange } from './merge-run.ts'

const [form, draft, review] = run.steps as [RunDetail['steps'][0], RunDetail['steps'][0], RunDetail['steps'][0]]

describe('a run and what changed since', () => {
  it('puts changed attempts in the place of their older selves and adds new ones', () => {
    const before = { ...run, steps: [form, { ...draft, status: 'running' as const, seq: 6 }] }
    const merged = mergeRun(before, {
      ...run,
      steps: [
        { ...draft, seq: 7 },
        { ...review, seq: 8 },
      ],
    })
    expect(merged.steps.map(({ step_id, status }) => `${step_id} ${status}`)).toEqual([
      'collect_brief completed',
      'generate_draft completed',
      'manager_approval waiting',
    ])
    expect(newestChange(merged)).toBe(8)
  })

  it('is not turned back by an answer that was overtaken', () => {
    const before = { ...run, steps: [{ ...draft, seq: 9 }] }
    const late = mergeRun(before, { ...run, steps: [{ ...draft, status: 'running', seq: 6 }] })
    expect(late.steps[0]?.status).toBe('completed')
  })

  it('keeps the very list while nothing changed, so that nothing is drawn again', () => {
    expect(mergeRun(run, { ...run, steps: [] }).steps).toBe(run.steps)
  })

  it('adds to 10,000 attempts within a frame', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => ({ ...draft, visit: i + 1, seq: i + 1 }))
    const began = performance.now()
    const merged = mergeRun({ ...run, steps: many }, { ...run, steps: [{ ...draft, visit: 10_001, seq: 10_001 }] })
    inOrder(merged.steps)
    expect(merged.steps).toHaveLength(10_001)
    expect(performance.now() - began).toBeLessThan(100)
  })
})
