import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { StepContext } from '#lib/steps/kit.ts'
import { systemClock } from '#lib/time.ts'
import { workflow } from '#lib/workflow/testkit.ts'
import { done } from '../../conformance/kit.ts'
import { claim, stepPayload } from './claim.ts'
import { sweep, takeLease } from './lease.ts'
import { runStep } from './run-step.ts'
import { call, loseNextAnswer, openWorkerBench, type WorkerBench } from './worker-testing.ts'

const one = workflow([{ id: 'one', type: 'call' }])
const two = workflow([
  { id: 'one', type: 'call' },
  { id: 'two', type: 'call' },
])

let bench: WorkerBench
beforeEach(async () => {
  bench = await openWorkerBench()
})
afterEach(() => bench.close())

describe('what a worker claims', () => {
  it('is claimed by nobody else at the same moment', async () => {
    const { sql } = bench
    await sql`insert into work (id, kind, key, due, payload) select 'w' || g, 'timer', g, now(), '{}' from generate_series(1, 300) as g`
    const later = new Date(Date.now() + 60_000)
    const claiming = await sql.begin(async (other) => {
      // Another claim, whose commit takes its time.
      await other`update work set owner = 'wrk_0', fence = fence + 1 where id in ('w1', 'w2')`
      const answer = claim(sql, 'wrk_1', later, 300)
      await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 1_000))])
      return { answer }
    })
    const ids = (await claiming.answer).map(({ id }) => id)
    expect(ids).toHaveLength(298)
    expect(ids).not.toContain('w1')
  })

  it('is not begun any more when its run was canceled before it was read', async () => {
    const executed: string[] = []
    const context = await bench.context(async ({ step }) => {
      executed.push(step.id)
      return done()
    })
    const run_id = await bench.begin(one)
    const work = await claimStep(context)
    expect(await bench.engine.cancel(call, { run_id, reason: 'Enough' })).toMatchObject({ ok: true })
    await runStep(context, work)
    expect(executed).toEqual([])
  })

  it('is not begun by a worker that was paused past its lease, whatever the step', async () => {
    let now = 0
    const executed: string[] = []
    const context = await bench.context(
      async ({ step }) => {
        executed.push(step.id)
        return done()
      },
      () => now,
    )
    await bench.begin(one)
    const work = await claimStep(context)
    now = 31_000
    await runStep(context, work)
    expect(executed).toEqual([])
    expect(await bench.sql`select owner from work`).toEqual([{ owner: null }])
  })

  it('is one of the branches that begin together: the others are free at once, and somebody is woken for them', async () => {
    const { sql } = bench
    const call = (id: string) => ({ id, type: 'call' })
    await bench.begin(
      workflow([call('first'), { id: 'split', type: 'split', blocks: { a: [call('one')], b: [call('two')] } }]),
    )
    const hints: string[] = []
    let seen: object[] = []
    const context = await bench.context(async ({ step }) => {
      if (step.id === 'one') seen = await sql`select owner, fence from work where payload->'activity'->>'step' = 'two'`
      return done()
    })
    const work = await claimStep(context)
    await bench.engine.close()
    await sql.listen('scaff_work', (hint) => hints.push(hint))
    await runStep(context, work)
    expect(seen).toEqual([{ owner: null, fence: 0 }])
    await expect.poll(() => hints.length).toBe(1)
  })
})

async function claimStep({ lease, parts }: Awaited<ReturnType<WorkerBench['context']>>) {
  const [work] = await claim(parts.sql, lease.owner, systemClock.now(), 1)
  if (!work?.run_id) throw new Error('nothing to claim')
  return { ...work, run_id: work.run_id, payload: stepPayload(work) }
}

describe('a lease', () => {
  it('is renewed while a step takes longer than it', async () => {
    const executed: string[] = []
    const slow = async ({ step }: StepContext) => {
      executed.push(step.id)
      await new Promise((resolve) => setTimeout(resolve, 2_500))
      return done()
    }
    await bench.employ(slow, { leaseSeconds: 1, concurrency: 1 })
    await bench.employ(slow, { leaseSeconds: 1, concurrency: 1 })
    await bench.reaches(await bench.begin(one), 'completed')
    expect(executed).toEqual(['one'])
  })

  it('counts from before the database was told, not from its answer', async () => {
    let now = 0
    const told = bench.sql
    const slow = ((strings: TemplateStringsArray, ...values: string[]) => {
      now += 5_000
      return told(strings, ...values)
    }) as typeof told
    const lease = await takeLease(slow, 'wrk_1', 30, () => now)
    await lease.renew()
    now += 24_999
    expect(lease.held()).toBe(true)
    now += 1
    expect(lease.held()).toBe(false)
  })

  it('that nobody knows of holds nothing: what was claimed without one is free with the next sweep', async () => {
    const { sql } = bench
    await bench.begin(one)
    await sql`update work set owner = 'wrk_gone', fence = fence + 1`
    expect(await sweep(sql)).toBe(1)
    expect(await sql`select owner from work`).toEqual([{ owner: null }])
  })
})

describe('a run that a living worker goes on with', () => {
  it('is not stuck when a later step of it meets trouble of the database', async () => {
    const { sql } = bench
    await bench.employ(async ({ step, sent }) => {
      if (step.id === 'two') await sent({ method: 'POST' })
      return done()
    })
    await sql`alter table effects rename to effects_away`
    const run_id = await bench.begin(two)
    await expect.poll(() => bench.troubles.length, { timeout: 10_000 }).toBeGreaterThan(0)
    await sql`alter table effects_away rename to effects`
    await bench.reaches(run_id, 'completed')
  })

  it('is not stuck when the answer of the commit that claimed its next step is lost', async () => {
    const executed: string[] = []
    await bench.employ(async ({ step }) => {
      executed.push(step.id)
      if (step.id === 'one') loseNextAnswer(bench.sql)
      return done()
    })
    await bench.reaches(await bench.begin(two), 'completed')
    expect(executed).toEqual(['one', 'two'])
  })
})

describe('a run that is over', () => {
  it('leaves no work behind', async () => {
    const { sql, engine } = bench
    const work = () => sql`select kind, key from work`
    const executing = await bench.begin(one)
    await engine.cancel(call, { run_id: executing, reason: 'Enough' })
    expect(await work()).toEqual([])
    const asking = await bench.begin(workflow([{ id: 'ask', type: 'ask', config: { timeout_ms: 3_600_000 } }]))
    expect(await work()).toHaveLength(1)
    const wait_id = (await engine.describe(asking))?.waits[0]?.wait_id ?? ''
    const by = { via: 'app', id: 'usr_1', label: 'somebody' } as const
    await engine.signal(call, { kind: 'form', run_id: asking, wait_id, generation: null, values: {}, by })
    expect(await bench.status(asking)).toBe('completed')
    expect(await work()).toEqual([])
  })
})

describe('an answer', () => {
  it('is given after its commit', async () => {
    const { sql, engine } = bench
    const standing = () => sql`
      select 1 from pg_stat_activity where wait_event_type = 'Lock' and wait_event = 'relation' and datname = current_database()`
    /** Holds the commit up, and looks whether it is answered meanwhile. */
    const heldUp = async <T>(act: () => Promise<T>): Promise<T> => {
      let answered = false
      const answer = await sql.begin(async (other) => {
        await other`lock table run_events in exclusive mode`
        const answering = act().finally(() => {
          answered = true
        })
        await expect.poll(standing).toHaveLength(1)
        expect(answered).toBe(false)
        return { answering }
      })
      return answer.answering
    }
    const run_id = await heldUp(() => bench.begin(one))
    expect(await bench.status(run_id)).toBe('running')
    expect(await heldUp(() => engine.cancel(call, { run_id, reason: 'Enough' }))).toMatchObject({ ok: true })
    expect(await bench.status(run_id)).toBe('canceled')
  })
})
