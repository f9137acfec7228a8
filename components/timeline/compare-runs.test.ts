import { describe, expect, test } from 'vitest'
import type { StepSummary } from '#lib/contracts/run-steps.ts'
import type { RunDetail } from '#lib/contracts/runs.ts'
import { change, compareRuns } from './compare-runs.ts'

const step: StepSummary = {
  step_id: 'draft',
  path: 'root',
  type: 'ai_generate',
  status: 'completed',
  visit: 1,
  attempt: 1,
  epoch: 0,
  source: 'ai',
  error: null,
  started_at: '2026-01-01T00:00:00.000Z',
  began_at: null,
  ended_at: '2026-01-01T00:00:02.000Z',
  duration_ms: 2_000,
  retry_at: null,
  seq: 1,
  ai: { calls: 1, tokens: 10, cost_usd: 0.5, mock: false },
  decisions: [],
}

function run(ids: readonly string[], steps: readonly StepSummary[]): Pick<RunDetail, 'workflow' | 'steps'> {
  return {
    workflow: { id: 'wf_1', name: 'W', version: 1, steps: ids.map((id) => ({ id, type: 'set', name: null })) },
    steps: [...steps],
  }
}

describe('compareRuns', () => {
  test('adds up all attempts of a step and tells the status of the latest', () => {
    const again = {
      ...step,
      attempt: 2,
      seq: 2,
      status: 'failed' as const,
      started_at: '2026-01-01T00:00:03.000Z',
      ended_at: '2026-01-01T00:00:04.000Z',
    }
    const [row] = compareRuns(run(['draft'], [step]), run(['draft'], [again, step]), 0)
    expect(row).toMatchObject({
      differs: true,
      a: { status: 'completed', attempts: 1, execution: 2_000, cost: 0.5 },
      b: { status: 'failed', attempts: 2, execution: 3_000, cost: 1, latest: { attempt: 2 } },
    })
  })

  test('takes another number of attempts for another course, also with the same end', () => {
    const first = { ...step, status: 'failed' as const }
    const second = { ...step, attempt: 2, seq: 2, started_at: '2026-01-01T00:00:03.000Z' }
    const [row] = compareRuns(run(['draft'], [step]), run(['draft'], [first, second]), 0)
    expect(row).toMatchObject({ differs: true, a: { status: 'completed' }, b: { status: 'completed', attempts: 2 } })
  })

  test('leaves a side empty that has no such step or did not reach it, after the steps of the second run', () => {
    const rows = compareRuns(run(['old', 'draft'], [step]), run(['draft', 'new'], [step]), 0)
    expect(rows.map(({ id, a, b, differs }) => [id, a !== null, b !== null, differs])).toEqual([
      ['draft', true, true, false],
      ['new', false, false, false],
      ['old', false, false, false],
    ])
  })

  test('knows no sum of prices when one of them is not known', () => {
    const unknown = { ...step, ai: { calls: 1, tokens: 1, cost_usd: null, mock: false } }
    const [row] = compareRuns(run(['draft'], [unknown, { ...step, visit: 2, seq: 2 }]), run(['draft'], []), 0)
    expect(row?.a?.cost).toBeNull()
    expect(row?.b).toBeNull()
  })
})

test('a change has a sign, and none is told where both read alike', () => {
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`
  expect(change(1_000, 2_500, seconds)).toBe('+1.5 s')
  expect(change(2_500, 1_000, seconds)).toBe('−1.5 s')
  expect(change(1_000, 1_010, seconds)).toBeNull()
})
