import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ONCE } from '#lib/workflow/testkit.ts'
import { by, gate } from '../../conformance/kit.ts'
import { type EffectBench, key, openEffectBench } from './effects-testing.ts'
import { call } from './worker-testing.ts'

describe('a request whose worker is lost', () => {
  let bench: EffectBench
  beforeEach(async () => {
    bench = await openEffectBench()
  })
  afterEach(async () => {
    vi.restoreAllMocks()
    await bench.close()
    expect(bench.troubles).toEqual([])
  })

  it('was sent by POST: it is not sent again, and the run waits with what is known', async () => {
    const first = await bench.employ()
    const run_id = await bench.begin({})
    first.nudge()
    await expect.poll(() => bench.other.seen.length).toBe(1)
    await bench.lose(first)
    await bench.employ()
    await bench.reaches(run_id, 'waiting')
    const fact = (await bench.history(run_id)).find(({ type }) => type === 'step.unknown')
    expect(fact?.data.evidence).toEqual({
      method: 'POST',
      url: `${bench.other.url}/pay?by=[REDACTED:KEY]`,
      key: key(run_id),
      worker: first.id,
      sent_at: expect.stringMatching(/^20.*Z$/),
    })
    // The answer comes after all, to a worker that no longer holds the step.
    bench.answering.open()
    await first.stop()
    expect(await bench.status(run_id)).toBe('waiting')
    expect(bench.keys()).toEqual([key(run_id)])
    expect(await bench.kept()).toHaveLength(0)
  })

  it('was held by a worker that comes back before it sent: only the second one sends', async () => {
    const reached = gate()
    const paused = gate()
    const zombie = await bench.employ(async () => {
      reached.open()
      await paused.opened
    })
    const run_id = await bench.begin({})
    zombie.nudge()
    await reached.opened
    await bench.lose(zombie)
    const taken = gate()
    const go = gate()
    await bench.employ(async () => {
      taken.open()
      await go.opened
    })
    await taken.opened
    paused.open()
    await zombie.stop()
    expect(bench.other.seen).toHaveLength(0)
    bench.answering.open()
    go.open()
    await bench.reaches(run_id, 'completed')
    expect(bench.keys()).toEqual([key(run_id)])
    expect(await bench.kept()).toHaveLength(0)
  })

  it('was kept as sent by a worker that was then paused past its lease: it sends nothing, and people are asked', async () => {
    let pause = true
    const worker = await bench.employ(async () => {
      const { now } = performance
      if (pause) vi.spyOn(performance, 'now').mockImplementation(() => now.call(performance) + 60_000)
      pause = false
    })
    const run_id = await bench.begin({})
    worker.nudge()
    await expect.poll(bench.kept).toHaveLength(1)
    await bench.reaches(run_id, 'waiting')
    expect(bench.other.seen).toHaveLength(0)
  })

  it('was claimed and not yet sent: the next worker sends it, once', async () => {
    const reached = gate()
    const first = await bench.employ(({ signal }) => {
      reached.open()
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    })
    const run_id = await bench.begin({})
    first.nudge()
    await reached.opened
    await first.stop()
    bench.answering.open()
    await bench.employ()
    await bench.reaches(run_id, 'completed')
    expect(bench.keys()).toEqual([key(run_id)])
  })

  it.each([
    ['PUT', { method: 'PUT' }],
    ['POST that is idempotent', { idempotent: true }],
  ])('was sent by %s: it is sent again with the same key', async (_name, config) => {
    const first = await bench.employ()
    const run_id = await bench.begin(config)
    first.nudge()
    await expect.poll(() => bench.other.seen.length).toBe(1)
    expect(await bench.kept()).toHaveLength(0)
    await bench.lose(first)
    await bench.employ()
    await expect.poll(() => bench.other.seen.length).toBe(2)
    bench.answering.open()
    await bench.reaches(run_id, 'completed')
    expect(bench.keys()).toEqual([key(run_id), key(run_id)])
  })

  it('was sent by a process whose successor has its name: nobody sends it again either', async () => {
    const run_id = await bench.begin({})
    const { sql } = bench
    await sql`insert into workers (id, lease_until) values ('wrk_slot', now() + interval '30 seconds')`
    await sql`update work set owner = 'wrk_slot', fence = fence + 1 where kind = 'step'`
    await sql`
      insert into effects (work_id, run_id, step_id, path, attempt, key, worker, fence, sent_at, evidence)
      select id, run_id, 'pay', 'root', 1, ${key(run_id)}, owner, fence, now(), '{}' from work where kind = 'step'`
    await bench.employ(undefined, 'wrk_slot')
    await bench.reaches(run_id, 'waiting')
    expect(bench.other.seen).toHaveLength(0)
  })

  it('is broken off by a worker that stops before the answer: people are asked as well', async () => {
    const first = await bench.employ()
    const run_id = await bench.begin({})
    first.nudge()
    await expect.poll(() => bench.other.seen.length).toBe(1)
    await first.stop()
    await bench.employ()
    await bench.reaches(run_id, 'waiting')
    expect(bench.other.seen).toHaveLength(1)
  })

  it('is sent again with the same key when somebody says so, and may be lost again', async () => {
    const { run_id, worker } = await bench.leaveUnknown()
    const resolved = await bench.engine.resolve(call, { run_id, effect: key(run_id), resolution: { do: 'repeat' }, by })
    expect(resolved).toMatchObject({ ok: true })
    worker.nudge()
    await expect.poll(() => bench.other.seen.length).toBe(2)
    await bench.lose(worker)
    await bench.employ()
    await bench.reaches(run_id, 'waiting')
    await bench.engine.resolve(call, { run_id, effect: key(run_id), resolution: { do: 'repeat' }, by })
    bench.answering.open()
    await bench.reaches(run_id, 'completed')
    expect(bench.keys()).toEqual([key(run_id), key(run_id), key(run_id)])
    expect(await bench.kept()).toHaveLength(0)
  })

  it('is told and sent again under the key the author gave it, as that was', async () => {
    const own = { headers: { 'Idempotency-Key': 'order-{{ now() }}' } }
    const first = await bench.employ()
    const run_id = await bench.begin(own)
    first.nudge()
    await expect.poll(() => bench.other.seen.length).toBe(1)
    await bench.lose(first)
    const second = await bench.employ()
    await bench.reaches(run_id, 'waiting')
    const [key_sent] = bench.keys()
    expect(key_sent).toMatch(/^order-20/)
    const fact = (await bench.history(run_id)).find(({ type }) => type === 'step.unknown')
    expect(fact?.data.evidence).toMatchObject({ key: key_sent })
    bench.answering.open()
    await bench.engine.resolve(call, { run_id, effect: key(run_id), resolution: { do: 'repeat' }, by })
    second.nudge()
    await bench.reaches(run_id, 'completed')
    expect(bench.keys()).toEqual([key_sent, key_sent])
  })

  it.each([
    ['done', { do: 'done', result: { status: 201 } }, 'completed'],
    ['fail', { do: 'fail', reason: 'The bank knows nothing of it.' }, 'failed'],
  ] as const)('is settled as %s by somebody who looked, without another request', async (_name, resolution, end) => {
    const { run_id } = await bench.leaveUnknown()
    expect(await bench.engine.resolve(call, { run_id, effect: key(run_id), resolution, by })).toMatchObject({
      ok: true,
    })
    await bench.reaches(run_id, end)
    expect(bench.other.seen).toHaveLength(1)
    expect(await bench.engine.resolve(call, { run_id, effect: key(run_id), resolution, by })).toMatchObject({
      ok: false,
      reason: 'unknown_effect',
    })
  })

  it('fails inside a worker that lives: its retry policy decides, and what was kept goes with each settlement', async () => {
    bench.reply = async () => ({ status: 503 })
    const worker = await bench.employ()
    const run_id = await bench.begin({}, { ...ONCE, max_attempts: 2, interval_ms: 300 })
    worker.nudge()
    await expect.poll(() => bench.other.seen.length).toBe(1)
    await expect.poll(bench.kept).toHaveLength(0)
    bench.reply = async () => ({ status: 201 })
    await bench.reaches(run_id, 'completed')
    expect(bench.keys()).toEqual([key(run_id), key(run_id)])
  })

  it('never goes out once its run was canceled, and leaves nothing behind', async () => {
    const reached = gate()
    const paused = gate()
    const worker = await bench.employ(async () => {
      reached.open()
      await paused.opened
    })
    const run_id = await bench.begin({})
    worker.nudge()
    await reached.opened
    expect(await bench.engine.cancel(call, { run_id, reason: 'Enough' })).toMatchObject({ ok: true })
    paused.open()
    await worker.stop()
    expect(bench.other.seen).toHaveLength(0)
    expect(await bench.kept()).toHaveLength(0)
  })

  it('waits for a cancel that is being committed, and then does not go out', async () => {
    const reached = gate()
    const paused = gate()
    const worker = await bench.employ(async () => {
      reached.open()
      await paused.opened
    })
    await bench.begin({})
    worker.nudge()
    await reached.opened
    await bench.sql.begin(async (sql) => {
      await sql`delete from work where kind = 'step'`
      paused.open()
      // Whoever keeps the request as sent stands still at the row that is going.
      const standing = () => bench.sql`
        select 1 from pg_stat_activity
        where wait_event_type = 'Lock' and query like '%into effects%' and datname = current_database()`
      await expect.poll(standing).toHaveLength(1)
    })
    await worker.stop()
    expect(bench.other.seen).toHaveLength(0)
  })

  it('and then canceled is forgotten with the next sweep', async () => {
    const worker = await bench.employ()
    const run_id = await bench.begin({})
    worker.nudge()
    await expect.poll(() => bench.other.seen.length).toBe(1)
    await bench.engine.cancel(call, { run_id, reason: 'Enough' })
    expect(await bench.kept()).toHaveLength(1)
    await bench.employ()
    expect(await bench.kept()).toHaveLength(0)
  })
})
