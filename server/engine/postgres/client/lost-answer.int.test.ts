import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '#lib/json.ts'
import { T0, testCatalog, workflow } from '#lib/workflow/testkit.ts'
import { asKey, by, review } from '../../conformance/kit.ts'
import type { Call, Engine } from '../../port.ts'
import { call, loseNextAnswer, openWorkerBench, type WorkerBench } from '../worker/worker-testing.ts'
import { createPostgresEngine } from './engine.ts'

let bench: WorkerBench
/** All that happens happens at one instant and by one key: only what is said tells two acts apart. */
let engine: Engine & { close(): Promise<void> }
beforeEach(async () => {
  bench = await openWorkerBench()
  const clock = { now: () => new Date(T0) }
  const onError = (error: unknown) => void bench.troubles.push(error)
  engine = createPostgresEngine({ sql: bench.sql, clock, catalog: testCatalog, onError })
})
afterEach(async () => {
  await engine.close()
  await bench.close()
})

const two = [{ email: 'a@x.com' }, { email: 'b@x.com' }]
const forms = workflow([
  { id: 'first', type: 'ask' },
  { id: 'second', type: 'ask' },
])

async function waitOf(run_id: string): Promise<string> {
  return (await engine.describe(run_id))?.waits[0]?.wait_id ?? ''
}

async function decide(run_id: string, decision: 'approve' | 'reject', approver: string) {
  const wait_id = await waitOf(run_id)
  const audited: Call = { ...asKey, audit: { action: 'approval.decide', target: wait_id, detail: {} } }
  const said = { decision, comment: '', approver, by }
  return engine.signal(audited, { kind: 'approval', run_id, wait_id, generation: null, ...said })
}

async function submit(run_id: string, wait_id: string, values: JsonObject) {
  return engine.signal(asKey, { kind: 'form', run_id, wait_id, generation: null, values, by })
}

const submitEarly = (run_id: string, values: JsonObject) =>
  engine.signalEarly(asKey, { kind: 'form', run_id, step: 'second', values, by })

/** The connection breaks before the next write came, and meanwhile somebody else is first. */
function breakBeforeNext(meanwhile: () => Promise<unknown>): void {
  const { sql } = bench
  const { unsafe } = sql
  Object.assign(sql, {
    unsafe: async () => {
      Object.assign(sql, { unsafe })
      await meanwhile()
      throw Object.assign(new Error('the connection was closed'), { code: 'CONNECTION_CLOSED' })
    },
  })
}

describe('whoever lost the answer to what was committed is told what it did', () => {
  it('of a decision, which is recorded once; and who comes second is still told who was first', async () => {
    const { sql } = bench
    const run_id = await bench.begin(workflow([review({ approvers: two })]))
    const wait_id = await waitOf(run_id)
    const lost = loseNextAnswer(sql)
    expect(await decide(run_id, 'approve', 'a@x.com')).toMatchObject({ ok: true, status: 'completed' })
    expect(lost()).toBe(true)
    const again = { kind: 'approval', run_id, wait_id, generation: null, decision: 'approve', comment: '', by } as const
    expect(await engine.signal(asKey, { ...again, approver: 'a@x.com' })).toMatchObject({
      ok: false,
      reason: 'decided',
      decided: { by: 'key ci' },
    })
    expect(await sql`select approver from approval_decisions`).toHaveLength(1)
    expect(await sql`select 1 from audit_log`).toHaveLength(1)
  })

  it('of an answer to a form, and of one that came before', async () => {
    const run_id = await bench.begin(forms)
    loseNextAnswer(bench.sql)
    expect(await submitEarly(run_id, { n: 2 })).toMatchObject({ ok: true, status: 'waiting' })
    loseNextAnswer(bench.sql)
    expect(await submit(run_id, await waitOf(run_id), { n: 1 })).toMatchObject({ ok: true, status: 'completed' })
  })

  it('of a start, a cancel and a retry', async () => {
    const { sql } = bench
    loseNextAnswer(sql)
    const run_id = await bench.begin(workflow([{ id: 'one', type: 'call' }]))
    loseNextAnswer(sql)
    expect(await engine.cancel(call, { run_id, reason: 'Enough' })).toEqual({ ok: true, run_id, status: 'canceled' })
    loseNextAnswer(sql)
    expect(await engine.retry(call, { run_id, from_step: null, inputs: null })).toMatchObject({ ok: true })
    expect(await sql`select count(*)::int as runs from runs`).toEqual([{ runs: 1 }])
  })
})

describe('what was not committed is not told as done', () => {
  it('where somebody else decided meanwhile', async () => {
    const run_id = await bench.begin(workflow([review({ approvers: two })]))
    breakBeforeNext(() => decide(run_id, 'reject', 'b@x.com'))
    expect(await decide(run_id, 'approve', 'a@x.com')).toMatchObject({ ok: false, reason: 'decided' })
  })

  it('where the same was decided in another place: it is decided as well', async () => {
    const run_id = await bench.begin(workflow([review({ approvers: two, policy: 'all' })]))
    breakBeforeNext(() => decide(run_id, 'approve', 'b@x.com'))
    expect(await decide(run_id, 'approve', 'a@x.com')).toMatchObject({ ok: true, status: 'completed' })
    const places = await bench.sql`select approver from approval_decisions order by approver`
    expect(places).toEqual([{ approver: 'a1' }, { approver: 'a2' }])
  })

  it('where the form was filled in with other values, also before it asked', async () => {
    const run_id = await bench.begin(forms)
    breakBeforeNext(() => submitEarly(run_id, { n: 2 }))
    expect(await submitEarly(run_id, { n: 3 })).toMatchObject({ ok: false, reason: 'decided' })
    const wait_id = await waitOf(run_id)
    breakBeforeNext(() => submit(run_id, wait_id, { n: 1 }))
    expect(await submit(run_id, wait_id, { n: 4 })).toMatchObject({ ok: false, reason: 'decided' })
  })
})
