import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { workflow } from '#lib/workflow/testkit.ts'
import { done, PROFILE, review } from '../../conformance/kit.ts'
import type { WorkerPorts } from './parts.ts'
import { testPorts } from './testing.ts'
import { call, openWorkerBench, type WorkerBench } from './worker-testing.ts'

describe('runs that have to do with each other', () => {
  let bench: WorkerBench
  beforeEach(async () => {
    bench = await openWorkerBench()
  })
  afterEach(async () => {
    await bench.close()
    expect(bench.troubles).toEqual([])
  })

  const calling = (more: object = {}) =>
    workflow([
      { id: 'sub', type: 'sub', config: { workflow: 'Inner' }, ...more },
      { id: 'after', type: 'ask' },
    ])
  /** A worker that finds what is called by `child`. */
  const employ = (child: WorkerPorts['child']) =>
    bench.employ(async () => done(), { ports: { ...testPorts, executors: { call: async () => done() }, child } })
  const children = () => bench.sql<{ status: string }[]>`select status from runs where parent_run_id is not null`

  it('a call that is done again, because whoever did it is gone, starts no second run', async () => {
    // It does not end: for a step that has gone on, no second one would be begun anyway.
    const start = await bench.publish(workflow([review()]))
    // As if its worker were gone in the very moment in which the called run is there.
    await bench.sql.unsafe(`
      create function lose() returns trigger language plpgsql as $$
      begin update work set owner = null where kind = 'call'; return null; end $$;
      create trigger lose after insert on runs for each row when (new.parent_run_id is not null) execute function lose()`)
    let asked = 0
    await employ(async () => {
      asked += 1
      return { ok: true, start }
    })
    await bench.begin(calling())
    await expect.poll(async () => (await bench.sql`select 1 from work`).length, { timeout: 10_000 }).toBe(0)
    expect(asked).toBe(2)
    expect(await children()).toEqual([{ status: 'waiting' }])
  })

  it('a step that is over when the run it calls begins leaves none that goes on', async () => {
    const start = await bench.publish(workflow([review()]))
    let run_id = ''
    await employ(async () => {
      // Its time runs out while the workflow is looked up.
      await expect.poll(async () => (await bench.engine.describe(run_id))?.waits.length, { timeout: 10_000 }).toBe(1)
      return { ok: true, start }
    })
    run_id = await bench.begin(calling({ timeout_ms: 100, on_error: 'after' }))
    await expect.poll(async () => (await bench.sql`select 1 from work`).length, { timeout: 10_000 }).toBe(0)
    expect((await children()).filter(({ status }) => status !== 'canceled')).toEqual([])
  })

  it('a run that is canceled while a workflow is looked up for it calls none', async () => {
    const start = await bench.publish(workflow([review()]))
    let run_id = ''
    await employ(async () => {
      await bench.engine.cancel(call, { run_id, reason: 'Enough' })
      return { ok: true, start }
    })
    run_id = await bench.begin(calling())
    await expect.poll(async () => (await bench.sql`select 1 from work`).length, { timeout: 10_000 }).toBe(0)
    expect(await children()).toEqual([])
    // A moment later, in the very statement that would begin it.
    const activity = { path: 'root', step: 'sub', visit: 1, attempt: 1, epoch: 0 }
    const begin = bench.engine.start(call, { ...start, idempotency: null, parent: { run_id, activity } })
    expect(await begin).toEqual({ ok: false, reason: 'caller_over' })
    expect(await children()).toEqual([])
  })

  it('a step that gives its call up while the run begins has either called it or not', async () => {
    const { sql, engine } = bench
    const start = await bench.publish(workflow([review()]))
    const run_id = await bench.begin(calling())
    const activity = { path: 'root', step: 'sub', visit: 1, attempt: 1, epoch: 0 }
    const begin = () => engine.start(call, { ...start, idempotency: null, parent: { run_id, activity } })
    const standing = () => sql`
      select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`
    const { answer } = await sql.begin(async (other) => {
      // Its next attempt, which is about to be committed.
      await other`
        update runs set state = jsonb_set(state::jsonb, '{scopes,root,cursor,attempt}', '2')::json where id = ${run_id}`
      const beginning = begin()
      await expect.poll(standing).toHaveLength(1)
      return { answer: beginning }
    })
    expect(await answer).toEqual({ ok: false, reason: 'caller_over' })
    await sql`update runs set state = jsonb_set(state::jsonb, '{scopes,root,cursor,attempt}', '1')::json where id = ${run_id}`
    expect(await begin()).toMatchObject({ ok: true })
  })

  it('a cancel has gone down when it is answered', async () => {
    const start = await bench.publish(workflow([review()]))
    const worker = await employ(async () => ({ ok: true, start }))
    const run_id = await bench.begin(calling())
    await expect.poll(children).toEqual([{ status: 'waiting' }])
    // So that nobody is there who could do it afterwards.
    await bench.dismiss(worker)
    await bench.engine.cancel(call, { run_id, reason: 'Enough' })
    expect(await children()).toEqual([{ status: 'canceled' }])
  })

  it('a run that branches off takes along the rows of what came before, and no others', async () => {
    const { sql } = bench
    const worker = await bench.employ(async () => done())
    const run_id = await bench.begin(workflow(['one', 'two', 'three'].map((id) => ({ id, type: 'call' }))))
    await bench.reaches(run_id, 'completed')
    await bench.dismiss(worker)
    const made = await bench.engine.fork(call, {
      run_id,
      from_step: 'two',
      inputs: null,
      profile: PROFILE,
      idempotency: null,
    })
    if (!made.ok) throw new Error(made.reason)
    const rows = await sql`select step_id, status::text from run_steps where run_id = ${made.run_id} order by seq`
    expect(rows).toEqual([
      { step_id: 'one', status: 'completed' },
      { step_id: 'two', status: 'running' },
    ])
  })

  it('a run that branches off takes along what had ended when it was decided, not what ends meanwhile', async () => {
    const { sql, engine } = bench
    await bench.employ(async () => done())
    const run_id = await bench.begin(
      workflow([
        { id: 'one', type: 'call' },
        { id: 'two', type: 'ask' },
        { id: 'three', type: 'call' },
      ]),
    )
    await bench.reaches(run_id, 'waiting')
    const wait_id = (await engine.describe(run_id))?.waits[0]?.wait_id ?? ''
    const { unsafe } = sql
    const meanwhile = async (...given: Parameters<typeof unsafe>) => {
      Object.assign(sql, { unsafe })
      const by = { via: 'app', id: 'usr_1', label: 'somebody' } as const
      await engine.signal(call, { kind: 'form', run_id, wait_id, generation: null, values: {}, by })
      await bench.reaches(run_id, 'completed')
      return unsafe.apply(sql, given)
    }
    Object.assign(sql, { unsafe: meanwhile })
    const made = await engine.fork(call, {
      run_id,
      from_step: 'three',
      inputs: null,
      profile: PROFILE,
      idempotency: null,
    })
    if (!made.ok) throw new Error(made.reason)
    const taken = await sql`select step_id from run_steps where run_id = ${made.run_id} and seq <= 0`
    expect(taken).toEqual([{ step_id: 'one' }])
  })

  it('take turns by a lock on their key: while somebody holds it, nobody begins', async () => {
    const { sql } = bench
    await bench.employ(async () => done())
    const key = 'wf:a'
    const run_id = await sql.begin(async (other) => {
      await other`select pg_advisory_xact_lock(hashtextextended(${`concurrency:${key}`}, 0))`
      const queued = await bench.begin(workflow([review()]), { concurrency: { key, max: 1 } })
      const standing = () => sql`
        select 1 from pg_stat_activity
        where wait_event_type = 'Lock' and wait_event = 'advisory' and datname = current_database()`
      await expect.poll(standing).toHaveLength(1)
      expect(await bench.status(queued)).toBe('queued')
      return queued
    })
    await bench.reaches(run_id, 'waiting')
  })
})
