import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RunStart } from '#lib/contracts/run-acts.ts'
import { RunEventsQuery } from '#lib/contracts/run-events.ts'
import { AttemptRef } from '#lib/contracts/run-steps.ts'
import { WorkflowQuery, WorkflowRollback } from '#lib/contracts/workflows.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import { runsOverTime } from './analytics/over-time.ts'
import { summariseRuns } from './analytics/summary.ts'
import { listApprovals } from './approvals/list.ts'
import type { ServiceContext } from './context.ts'
import { encodeCursor } from './paging.ts'
import { listRuns } from './runs/list.ts'
import { key, refusal } from './testing.ts'
import { listWorkflows } from './workflows/list.ts'

let app: TestApp
let ctx: ServiceContext

beforeAll(async () => {
  app = await testApp({ LOG_LEVEL: 'silent' })
  ctx = app.context(key('admin'))
})
afterAll(() => app.drop())

const invalid = async (answer: Promise<unknown>) => expect((await refusal(answer)).code).toBe('request.invalid')

describe('instants and numbers that no column holds', () => {
  it.each([
    ['0000-01-01T00:00:00Z', '0000-01-02T00:00:00Z'],
    ['1969-12-31T23:59:59Z', '1970-01-02T00:00:00Z'],
    ['9999-12-31T00:00:00Z', '9999-12-31T23:59:59-12:00'],
  ])('are refused as the range from %s to %s', async (from, to) => {
    await invalid(summariseRuns({ ctx, input: { from, to } }))
    await invalid(listRuns({ ctx, input: { from, to } }))
  })

  it('are told apart from the first and the last instant that count', async () => {
    const first = { from: '1970-01-01T00:00:00Z', to: '1970-01-01T00:00:01Z' }
    const last = { from: '9999-12-31T00:00:00Z', to: '9999-12-31T23:59:59Z' }
    for (const range of [first, last]) {
      expect((await summariseRuns({ ctx, input: range })).now.total).toBe(0)
      expect((await runsOverTime({ ctx, input: { ...range, zone: 'Pacific/Auckland' } })).bucket).toBe('hour')
    }
  })

  it('are refused as versions, visits and numbers of events', () => {
    const over = 2 ** 31
    const attempt = { step_id: 's', path: 'root', visit: 1, attempt: 1, epoch: 0 }
    expect(RunStart.safeParse({ workflow_id: 'w', version: over }).success).toBe(false)
    expect(WorkflowRollback.safeParse({ version: over }).success).toBe(false)
    expect(WorkflowQuery.safeParse({ version: String(over) }).success).toBe(false)
    expect(RunEventsQuery.safeParse({ after: over }).success).toBe(false)
    expect(AttemptRef.safeParse(attempt).success).toBe(true)
    for (const field of ['visit', 'attempt', 'epoch']) {
      expect(AttemptRef.safeParse({ ...attempt, [field]: over }).success).toBe(false)
    }
  })

  it('are refused in a cursor, or find nothing there, whatever the order', async () => {
    const page = (sort: 'due' | 'decided' | 'priority', number: number) =>
      listApprovals({ ctx, input: { sort, cursor: encodeCursor([number, 'wait_x']) } })
    for (const sort of ['due', 'decided', 'priority'] as const) {
      await invalid(page(sort, 1.5))
      await invalid(page(sort, 1e300))
      expect((await page(sort, Number.MAX_SAFE_INTEGER)).approvals).toEqual([])
    }
    for (const at of [
      '-271821-04-20T00:00:00.000Z',
      '0000-01-01T00:00:00.000Z',
      '+010000-01-01T00:00:00.000Z',
      'soon',
    ]) {
      const cursor = encodeCursor([at, 'wf_x'])
      expect((await listWorkflows({ ctx, input: { sort: 'updated', cursor } })).workflows).toEqual([])
    }
  })
})
