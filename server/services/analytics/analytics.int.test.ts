import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { aiCalls, runSteps, runs, waits } from '#drizzle/schema/index.ts'
import { HOUR, MINUTE } from '#lib/time.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import type { ServiceContext } from '../context.ts'
import { key, person, refusal } from '../testing.ts'
import { analyseAi } from './ai.ts'
import { analyseWorkflows } from './by-workflow.ts'
import { runsOverTime } from './over-time.ts'
import { summariseRuns } from './summary.ts'
import { seedCall, seedRun, seedWait } from './testing.ts'
import { analyseWaits } from './waits.ts'

let app: TestApp
let ctx: ServiceContext

beforeAll(async () => {
  app = await testApp({ LOG_LEVEL: 'silent' })
  ctx = app.context(await person(app, 'viewer'))
})
afterAll(() => app.drop())
afterEach(async () => {
  for (const table of [runs, runSteps, aiCalls, waits]) await app.database.db.delete(table)
})

const JUNE = { from: '2026-06-01T00:00:00Z', to: '2026-06-08T00:00:00Z' }
const NONE = { queued: 0, running: 0, waiting: 0, completed: 0, failed: 0, canceled: 0 }
const NO_PERCENTILES = { p50: null, p95: null }
const failure = (step: string | null, code: string) => ({ code, message: `It was ${code}.`, step })

describe('the figures of a range', () => {
  it('count each status, the share that completed, durations and spend, beside the range before', async () => {
    for (const total of [1_000, 2_000, 3_000, 4_000]) {
      await seedRun(app, { at: '2026-06-02T10:00:00Z', total, execution: total / 2 })
    }
    await seedRun(app, { at: '2026-06-03T10:00:00Z', status: 'failed', total: 99_000, error: failure('s', 'x.y') })
    await seedRun(app, { at: '2026-06-03T10:00:00Z', status: 'canceled', total: 99_000 })
    await seedRun(app, { at: '2026-06-03T10:00:00Z', status: 'waiting' })
    const earlier = await seedRun(app, { at: '2026-05-28T10:00:00Z', total: 500, execution: 500 })
    await seedCall(app, { run: earlier, at: '2026-05-28T10:00:00Z', model: 'm', usd: 0.5, tokens: [10, 20] })
    await seedCall(app, { run: earlier, at: '2026-06-05T10:00:00Z', model: 'm', usd: 0.25, tokens: [1, 2] })
    await seedCall(app, { run: earlier, at: '2026-06-05T10:00:00Z', model: 'local', usd: null, tokens: [3, 4] })

    expect(await summariseRuns({ ctx, input: JUNE })).toEqual({
      from: '2026-06-01T00:00:00.000Z',
      to: '2026-06-08T00:00:00.000Z',
      zone: 'UTC',
      now: {
        runs: { ...NONE, completed: 4, failed: 1, canceled: 1, waiting: 1 },
        total: 7,
        success_rate: 0.8,
        durations: { total: { p50: 2_500, p95: 3_850 }, execution: { p50: 1_250, p95: 1_925 } },
        ai: { usd: 0.25, tokens_prompt: 4, tokens_output: 6, calls: 2, unpriced: 1 },
      },
      before: {
        runs: { ...NONE, completed: 1 },
        total: 1,
        success_rate: 1,
        durations: { total: { p50: 500, p95: 500 }, execution: { p50: 500, p95: 500 } },
        ai: { usd: 0.5, tokens_prompt: 10, tokens_output: 20, calls: 1, unpriced: 0 },
      },
    })
  })

  it('are nothing, and no division by zero, where nothing ran', async () => {
    const { now } = await summariseRuns({ ctx, input: JUNE })
    expect(now).toEqual({
      runs: NONE,
      total: 0,
      success_rate: null,
      durations: { total: NO_PERCENTILES, execution: NO_PERCENTILES },
      ai: { usd: 0, tokens_prompt: 0, tokens_output: 0, calls: 0, unpriced: 0 },
    })
    await seedRun(app, { at: '2026-06-03T10:00:00Z', status: 'canceled', total: 1 })
    expect((await summariseRuns({ ctx, input: JUNE })).now.success_rate).toBeNull()
  })

  it('take the first instant and leave the last one out', async () => {
    await seedRun(app, { at: '2026-06-01T00:00:00.000Z' })
    await seedRun(app, { at: '2026-06-07T23:59:59.999Z' })
    await seedRun(app, { at: '2026-06-08T00:00:00.000Z' })
    await seedRun(app, { at: '2026-05-31T23:59:59.999Z' })
    const { now, before } = await summariseRuns({ ctx, input: JUNE })
    expect([now.total, before.total]).toEqual([2, 1])
  })

  it('are those of one workflow where it is named', async () => {
    const a = await seedRun(app, { at: '2026-06-02T10:00:00Z', workflow: 'wf_a', total: 10, execution: 10 })
    const b = await seedRun(app, { at: '2026-06-02T10:00:00Z', workflow: 'wf_b', total: 20, execution: 20 })
    await seedCall(app, { run: a, at: '2026-06-02T10:00:00Z', model: 'm', usd: 1, tokens: [1, 1] })
    await seedCall(app, { run: b, at: '2026-06-02T10:00:00Z', model: 'm', usd: 2, tokens: [1, 1] })
    const { now } = await summariseRuns({ ctx, input: { ...JUNE, workflow_id: 'wf_b' } })
    expect([now.total, now.durations.total.p50, now.ai.usd]).toEqual([1, 20, 2])
    expect((await analyseAi({ ctx, input: { ...JUNE, workflow_id: 'wf_b' } })).total.usd).toBe(2)
    expect((await summariseRuns({ ctx, input: { ...JUNE, workflow_id: 'nothing' } })).now.total).toBe(0)
  })
})

describe('runs over time', () => {
  const perDay = async (input: Parameters<typeof runsOverTime>[0]['input']) => {
    const { bucket, buckets } = await runsOverTime({ ctx, input })
    return { bucket, counts: buckets.map(({ start, total }) => [start.slice(0, 16), total]) }
  }

  it('has every day, also those with nothing, and puts each run into its own', async () => {
    await seedRun(app, { at: '2026-06-02T23:59:59.999Z', total: 1_000, execution: 400 })
    await seedRun(app, { at: '2026-06-03T00:00:00Z', status: 'failed', total: 5_000, error: failure('s', 'x.y') })
    const { bucket, buckets } = await runsOverTime({ ctx, input: JUNE })
    expect([bucket, buckets.length]).toEqual(['day', 7])
    expect(buckets.map(({ total }) => total)).toEqual([0, 1, 1, 0, 0, 0, 0])
    expect(buckets[1]).toEqual({
      start: '2026-06-02T00:00:00.000Z',
      runs: { ...NONE, completed: 1 },
      total: 1,
      durations: { total: { p50: 1_000, p95: 1_000 }, execution: { p50: 400, p95: 400 } },
    })
    expect(buckets[2]?.runs).toEqual({ ...NONE, failed: 1 })
    expect(buckets[2]?.durations.total).toEqual(NO_PERCENTILES)
  })

  it('begins days at the midnight of the reader, also where the clocks change', async () => {
    await seedRun(app, { at: '2026-03-28T22:59:59Z' })
    await seedRun(app, { at: '2026-03-28T23:00:00Z' })
    await seedRun(app, { at: '2026-03-29T21:59:59Z' })
    await seedRun(app, { at: '2026-03-29T22:00:00Z' })
    const range = { from: '2026-03-27T23:00:00Z', to: '2026-03-30T22:00:00Z', zone: 'Europe/Vienna' }
    expect(await perDay(range)).toEqual({
      bucket: 'day',
      counts: [
        ['2026-03-27T23:00', 1],
        ['2026-03-28T23:00', 2],
        ['2026-03-29T22:00', 1],
      ],
    })
  })

  it('counts hours up to two days, the one that comes twice on the wall as two', async () => {
    await seedRun(app, { at: '2026-10-25T00:30:00Z' })
    await seedRun(app, { at: '2026-10-25T01:30:00Z' })
    const day = { from: '2026-10-24T22:00:00Z', to: '2026-10-25T23:00:00Z', zone: 'Europe/Vienna' }
    const { bucket, counts } = await perDay(day)
    expect([bucket, counts.length]).toEqual(['hour', 25])
    expect(counts.filter(([, total]) => total === 1)).toEqual([
      ['2026-10-25T00:00', 1],
      ['2026-10-25T01:00', 1],
    ])
  })

  it('is empty in an empty range', async () => {
    const { buckets } = await runsOverTime({ ctx, input: { from: JUNE.from, to: JUNE.from } })
    expect(buckets).toEqual([])
  })

  it('ends a period with today, and 24 hours with this one', async () => {
    const week = await runsOverTime({ ctx, input: {} })
    expect(week.buckets).toHaveLength(7)
    expect((await runsOverTime({ ctx, input: { period: '30d', zone: 'Asia/Tokyo' } })).buckets).toHaveLength(30)
    const hours = await runsOverTime({ ctx, input: { period: '24h' } })
    expect([hours.bucket, hours.buckets.length, hours.to]).toEqual(['hour', 24, app.clock.now().toISOString()])
  })
})

describe('workflows', () => {
  it('are sorted by their runs, and failures by how often they came', async () => {
    await seedRun(app, { at: '2026-06-02T10:00:00Z', workflow: 'wf_a', total: 100 })
    const before = { at: '2026-05-31T10:00:00Z', workflow: 'wf_old', total: 1 } as const
    await seedRun(app, { ...before, status: 'failed', error: failure('publish', 'http.unavailable') })
    for (const code of ['http.unavailable', 'http.unavailable', 'step.timeout']) {
      await seedRun(app, {
        at: '2026-06-02T10:00:00Z',
        workflow: 'wf_b',
        status: 'failed',
        total: 50,
        error: failure(code === 'step.timeout' ? null : 'publish', code),
      })
    }
    const last = await seedRun(app, {
      at: '2026-06-03T10:00:00Z',
      workflow: 'wf_b',
      status: 'failed',
      total: 1_000,
      error: failure('publish', 'http.unavailable'),
    })
    const { workflows, failures } = await analyseWorkflows({ ctx, input: JUNE })
    expect(workflows).toEqual([
      {
        workflow_id: 'wf_b',
        name: 'Named wf_b',
        runs: { ...NONE, failed: 4 },
        total: 4,
        success_rate: 0,
        durations: { total: NO_PERCENTILES },
      },
      {
        workflow_id: 'wf_a',
        name: 'Named wf_a',
        runs: { ...NONE, completed: 1 },
        total: 1,
        success_rate: 1,
        durations: { total: { p50: 100, p95: 100 } },
      },
    ])
    expect(failures).toMatchObject([
      {
        workflow_id: 'wf_b',
        workflow_name: 'Named wf_b',
        step: 'publish',
        code: 'http.unavailable',
        runs: 3,
        last: { run_id: last, message: 'It was http.unavailable.', at: '2026-06-03T10:00:01.000Z' },
      },
      { step: null, code: 'step.timeout', runs: 1 },
    ])
  })
})

describe('spend on models', () => {
  it('is told by model and by workflow, the dearest first', async () => {
    const a = await seedRun(app, { at: '2026-06-02T10:00:00Z', workflow: 'wf_a' })
    const b = await seedRun(app, { at: '2026-06-02T10:00:00Z', workflow: 'wf_b' })
    const at = '2026-06-02T10:00:00Z'
    await seedCall(app, { run: a, at: '2026-05-31T10:00:00Z', model: 'small', usd: 9, tokens: [9, 9] })
    await seedCall(app, { run: a, at, model: 'small', usd: 0.5, tokens: [100, 10] })
    await seedCall(app, { run: b, at, model: 'small', usd: 0.25, tokens: [50, 5] })
    await seedCall(app, { run: b, at, model: 'large', usd: 2, tokens: [10, 1] })
    await seedCall(app, { run: b, at, model: 'local', usd: null, tokens: [7, 7] })
    const ai = await analyseAi({ ctx, input: JUNE })
    expect(ai.total).toEqual({ usd: 2.75, tokens_prompt: 167, tokens_output: 23, calls: 4, unpriced: 1 })
    expect(ai.by_model.map(({ model, usd, calls, unpriced }) => [model, usd, calls, unpriced])).toEqual([
      ['large', 2, 1, 0],
      ['small', 0.75, 2, 0],
      ['local', 0, 1, 1],
    ])
    expect(ai.by_workflow).toEqual([
      {
        workflow_id: 'wf_b',
        name: 'Named wf_b',
        usd: 2.25,
        tokens_prompt: 67,
        tokens_output: 13,
        calls: 3,
        unpriced: 1,
      },
      {
        workflow_id: 'wf_a',
        name: 'Named wf_a',
        usd: 0.5,
        tokens_prompt: 100,
        tokens_output: 10,
        calls: 1,
        unpriced: 0,
      },
    ])
  })
})

describe('open waits', () => {
  it('are told by age, kind and whether their time is over; closed ones do not count', async () => {
    const run = await seedRun(app, { at: '2026-06-02T10:00:00Z', status: 'waiting' })
    const now = app.clock.now().getTime()
    const open = (ms: number, more: Partial<Parameters<typeof seedWait>[1]> = {}) =>
      seedWait(app, { run, kind: 'approval', openedAt: new Date(now - ms), ...more })
    await open(59 * MINUTE)
    await open(HOUR, { expiresAt: new Date(now) })
    await open(24 * HOUR, { expiresAt: new Date(now + 1) })
    await open(168 * HOUR)
    await open(900 * HOUR, { outcome: 'approve' })
    await open(5 * MINUTE, { kind: 'form' })
    const { approval, form } = await analyseWaits({ ctx, input: {} })
    expect(approval).toEqual({
      open: 4,
      overdue: 1,
      hour: 1,
      day: 1,
      week: 1,
      longer: 1,
      median_ms: 12.5 * HOUR,
      oldest: { run_id: run, step_id: 'review', opened_at: new Date(now - 168 * HOUR).toISOString() },
    })
    expect([form.open, form.hour]).toEqual([1, 1])
    const none = await analyseWaits({ ctx, input: { workflow_id: 'wf_other' } })
    expect(none.approval).toEqual({
      open: 0,
      overdue: 0,
      hour: 0,
      day: 0,
      week: 0,
      longer: 0,
      median_ms: null,
      oldest: null,
    })
  })
})

describe('what is refused', () => {
  it('names the field that does not fit', async () => {
    const ask = async (input: Parameters<typeof summariseRuns>[0]['input']) => refusal(summariseRuns({ ctx, input }))
    expect((await ask({ ...JUNE, zone: 'Mars/Olympus' })).message).toContain('zone')
    expect((await ask({ from: JUNE.to, to: JUNE.from })).message).toContain('must not lie after')
    expect((await ask({ from: '2020-01-01T00:00:00Z', to: JUNE.to })).message).toContain('400 days')
  })

  it('is every question of whoever may not read runs', async () => {
    const asked = [summariseRuns, runsOverTime, analyseWorkflows, analyseAi, analyseWaits]
    for (const verb of asked) {
      const scoped = app.context(key('admin', ['workflow:read']))
      expect((await refusal(verb({ ctx: scoped, input: {} }))).code).toBe('auth.forbidden')
      expect((await refusal(verb({ ctx: app.context(null), input: {} }))).code).toBe('auth.required')
    }
  })
})

describe('the way to the rows', () => {
  it('goes by the index over time, not over every run', async () => {
    const plan = await app.database.db.transaction(async (tx) => {
      await tx.execute(sql`set local enable_seqscan = off`)
      const rows = await tx.execute<{ 'QUERY PLAN': string }>(
        sql`explain select count(*) from runs where created_at >= '2026-06-01' and created_at < '2026-06-08'`,
      )
      return rows.map((row) => row['QUERY PLAN']).join('\n')
    })
    expect(plan).toContain('runs_by_time')
  })
})
