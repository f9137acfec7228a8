import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { workflow } from '#lib/workflow/testkit.ts'
import { done, gate } from '../../conformance/kit.ts'
import { sweep } from './lease.ts'
import { openWorkerBench, type WorkerBench } from './worker-testing.ts'

type Script = Parameters<WorkerBench['employ']>[0]

const steps = workflow([
  { id: 'one', type: 'call' },
  { id: 'two', type: 'call' },
])

describe('a step whose worker is gone', () => {
  let bench: WorkerBench

  beforeEach(async () => {
    bench = await openWorkerBench()
  })
  afterEach(() => bench.close())

  const employ = (script: Script, id: string | null = null, leaseSeconds = 30) =>
    // So that one that is held up cannot take its own row again.
    bench.employ(script, { id, leaseSeconds, concurrency: 1 })
  const begin = () => bench.begin(steps)
  const finished = async (run_id: string): Promise<string[]> => {
    await bench.reaches(run_id, 'completed')
    const rows = await bench.sql<
      { type: string; step_id: string }[]
    >`select type, step_id from run_events where run_id = ${run_id} order by seq`
    return rows.filter((r) => r.type === 'step.completed').map((r) => r.step_id)
  }

  it('is taken over when the lease ends, with the same key; the first worker comes back and writes nothing', async () => {
    const keys: string[] = []
    const paused = gate()
    const reached = gate()
    const zombie = await employ(async ({ idempotencyKey }) => {
      keys.push(idempotencyKey)
      reached.open()
      await paused.opened
      return done({ by: 'zombie' })
    })
    const run_id = await begin()
    zombie.nudge()
    await reached.opened
    // In one transaction: between its end and the sweep, the worker, which lives, would renew the lease.
    await bench.sql.begin(async (sql) => {
      await sql`update workers set lease_until = now() - interval '1 second' where id = ${zombie.id}`
      expect(await sweep(sql)).toBe(1)
    })
    const taken = gate()
    const go = gate()
    await employ(async ({ idempotencyKey }) => {
      keys.push(idempotencyKey)
      taken.open()
      await go.opened
      return done({ by: 'second' })
    })
    await taken.opened
    paused.open()
    await bench.dismiss(zombie)
    const [early] =
      await bench.sql`select count(*)::int as n from run_events where run_id = ${run_id} and type = 'step.completed'`
    expect(early).toEqual({ n: 0 })
    go.open()
    expect(await finished(run_id)).toEqual(['one', 'two'])
    const [row] = await bench.sql`select output from run_steps where run_id = ${run_id} and step_id = 'one'`
    expect(row?.output).toEqual({ by: 'second' })
    expect(keys.slice(0, 2)).toEqual([`${run_id}:root:one:1:0`, `${run_id}:root:one:1:0`])
    expect(await bench.sql`select 1 from work`).toHaveLength(0)
  })

  it('is given back by a worker that stops, and finished by the next one', async () => {
    const reached = gate()
    const first = await employ(({ signal }) => {
      reached.open()
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    })
    const run_id = await begin()
    first.nudge()
    await reached.opened
    await bench.dismiss(first)
    expect(await bench.sql`select owner from work where kind = 'step'`).toEqual([{ owner: null }])
    await employ(async () => done())
    expect(await finished(run_id)).toEqual(['one', 'two'])
    expect(bench.troubles).toEqual([])
  })

  it('is free at once for the next process of the same name', async () => {
    const run_id = await begin()
    // The first process is gone without a word: it held the step, and its lease has still half a minute to go.
    const { sql } = bench
    await sql`insert into workers (id, lease_until) values ('wrk_slot', now() + interval '30 seconds')`
    await sql`update work set owner = 'wrk_slot', fence = fence + 1 where kind = 'step'`
    await employ(async () => done(), 'wrk_slot')
    expect(await finished(run_id)).toEqual(['one', 'two'])
  })

  it('is freed by a worker that owns it without knowing, and what it knows of is not', async () => {
    const run_id = await begin()
    const { sql } = bench
    await sql`insert into workers (id, lease_until) values ('wrk_other', now() + interval '1 hour')`
    await sql`update work set owner = 'wrk_other', fence = fence + 1 where kind = 'step'`
    const keys: string[] = []
    await employ(
      async ({ idempotencyKey }) => {
        keys.push(idempotencyKey)
        // Longer than two looks.
        await new Promise((resolve) => setTimeout(resolve, 1_500))
        return done()
      },
      'wrk_slot',
      2,
    )
    // As a claim leaves it whose answer was lost: the owner lives, and its lease goes on.
    await sql`update work set owner = 'wrk_slot' where kind = 'step'`
    expect(await finished(run_id)).toEqual(['one', 'two'])
    expect(keys).toEqual([`${run_id}:root:one:1:0`, `${run_id}:root:two:1:0`])
    expect(bench.troubles).toEqual([])
  })

  it('is done again when the database was away while it was at work, and its run does not fail', async () => {
    let away = true
    const run_id = await begin()
    await employ(async () => {
      if (!away) return done()
      away = false
      throw new Error('no prompt', { cause: Object.assign(new Error('shutting down'), { code: '57P01' }) })
    })
    expect(await finished(run_id)).toEqual(['one', 'two'])
  })

  it('survives that all connections are cut', async () => {
    const run_id = await begin()
    let cut = false
    await employ(async () => {
      if (!cut) {
        cut = true
        await bench.sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()`.catch(
          () => {},
        )
      }
      return done()
    })
    expect(await finished(run_id)).toEqual(['one', 'two'])
  })
})
