import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { workflow } from '#lib/workflow/testkit.ts'
import { by, review } from '../../conformance/kit.ts'
import type { SignalInput } from '../../port.ts'
import { call, loseNextAnswer, openWorkerBench, type WorkerBench } from '../worker/worker-testing.ts'

let bench: WorkerBench
beforeEach(async () => {
  bench = await openWorkerBench()
})
afterEach(() => bench.close())

const approval = workflow([review({ approvers: [{ email: 'a@x.com' }, { email: 'b@x.com' }] })])

async function deciding(run_id: string, decision: 'approve' | 'reject', approver: string) {
  const wait_id = (await bench.engine.describe(run_id))?.waits[0]?.wait_id ?? ''
  const input: SignalInput = {
    kind: 'approval',
    run_id,
    wait_id,
    generation: null,
    decision,
    comment: '',
    approver,
    by: { ...by, id: approver, label: approver },
  }
  return () =>
    bench.engine.signal({ ...call, audit: { action: 'approval.decide', target: wait_id, detail: {} } }, input)
}

describe('whoever lost the answer to what was committed is told what it did', () => {
  it('of a decision, which is recorded once; and who comes second is still told who was first', async () => {
    const { sql } = bench
    const run_id = await bench.begin(approval)
    const first = await deciding(run_id, 'approve', 'a@x.com')
    const second = await deciding(run_id, 'approve', 'b@x.com')
    const lost = loseNextAnswer(sql)
    expect(await first()).toMatchObject({ ok: true, status: 'completed', wait_open: false })
    expect(lost()).toBe(true)
    expect(await second()).toMatchObject({ ok: false, reason: 'decided', decided: { by: 'a@x.com' } })
    expect(await sql`select approver from approval_decisions`).toHaveLength(1)
    expect(await sql`select 1 from audit_log`).toHaveLength(1)
  })

  it('of a start, a cancel and a retry', async () => {
    const { sql, engine } = bench
    loseNextAnswer(sql)
    const run_id = await bench.begin(workflow([{ id: 'one', type: 'call' }]))
    loseNextAnswer(sql)
    expect(await engine.cancel(call, { run_id, reason: 'Enough' })).toEqual({ ok: true, run_id, status: 'canceled' })
    loseNextAnswer(sql)
    expect(await engine.retry(call, { run_id, from_step: null, inputs: null })).toMatchObject({ ok: true })
    expect(await sql`select count(*)::int as runs from runs`).toEqual([{ runs: 1 }])
    expect(await engine.cancel(call, { run_id, reason: 'Again' })).toMatchObject({ ok: true })
    expect(await engine.cancel(call, { run_id, reason: 'Again' })).toMatchObject({ ok: false, reason: 'wrong_state' })
  })

  it('but not of what somebody else did meanwhile', async () => {
    const { sql } = bench
    const run_id = await bench.begin(approval)
    const mine = await deciding(run_id, 'approve', 'a@x.com')
    const theirs = await deciding(run_id, 'reject', 'b@x.com')
    const { unsafe } = sql
    // The connection breaks before the statement came, and another answer is first.
    Object.assign(sql, {
      unsafe: async () => {
        Object.assign(sql, { unsafe })
        await theirs()
        throw Object.assign(new Error('the connection was closed'), { code: 'CONNECTION_CLOSED' })
      },
    })
    expect(await mine()).toMatchObject({ ok: false, reason: 'decided', decided: { by: 'b@x.com' } })
  })
})
