import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { newId } from '#lib/ids.ts'
import { apiCall } from '#lib/steps/api-call/definition.ts'
import { executeApiCall } from '#lib/steps/api-call/executor.ts'
import type { StepContext } from '#lib/steps/kit.ts'
import { systemClock } from '#lib/time.ts'
import { ONCE, testCatalog, workflow } from '#lib/workflow/testkit.ts'
import { createEgress, type Egress } from '#server/providers/http/egress.ts'
import { createHttpPort } from '#server/providers/http/http-port.ts'
import { type HttpSink, httpSink } from '#server/providers/http/sink.ts'
import { type TestDatabase, testDatabase } from '#server/testing/database.ts'
import { by, done, gate, PROFILE } from '../../conformance/kit.ts'
import type { Call } from '../../port.ts'
import { createPostgresEngine } from '../client/engine.ts'
import { testPorts } from './testing.ts'
import { startWorker, type Worker } from './worker.ts'

const call: Call = { actor: { kind: 'system', name: 'test' }, request_id: 'req_1', audit: null }
const SECRET = 'canary-9f2'

/** Real workers, a real database and a real server that keeps its answer: what is left of a request when they are lost. */
describe('a request whose worker is lost', () => {
  let db: TestDatabase
  let engine: ReturnType<typeof createPostgresEngine>
  let egress: Egress
  let other: HttpSink
  /** While shut, the other side gives no answer. */
  let answering = gate()
  let workers: Worker[] = []
  let troubles: unknown[] = []

  const options = () => ({
    sql: db.database.sql,
    clock: systemClock,
    catalog: { ...testCatalog, get: (type: string) => (type === 'api_call' ? apiCall : testCatalog.get(type)) },
    onError: (error: unknown) => troubles.push(error),
  })

  beforeEach(async () => {
    db = await testDatabase()
    engine = createPostgresEngine(options())
    egress = createEgress({ allow: ['127.0.0.1'] })
    answering = gate()
    other = await httpSink(async () => {
      await answering.opened
      return { status: 201, body: { id: 7 } }
    })
    workers = []
    troubles = []
  })
  afterEach(async () => {
    vi.restoreAllMocks()
    answering.open()
    for (const worker of workers) await worker.stop()
    await engine.close()
    await egress.close()
    await other.close()
    await db.drop()
    expect(troubles).toEqual([])
  })

  /** `before` comes between the claim and the request. */
  const employ = async (
    before: (context: StepContext) => Promise<void> = async () => {},
    id: string | null = null,
  ): Promise<Worker> => {
    const worker = await startWorker({
      ...options(),
      ports: {
        ...testPorts,
        http: createHttpPort(egress),
        secrets: async () => ({ KEY: SECRET }),
        redact: (value) => JSON.parse(JSON.stringify(value).replaceAll(SECRET, '[REDACTED:KEY]')),
        executors: {
          call: async () => done(),
          api_call: async (context) => {
            await before(context)
            return executeApiCall({ ...context, config: apiCall.config.parse(context.config) })
          },
        },
      },
      id,
      // So that one that is held up cannot take its own row again.
      concurrency: 1,
      leaseSeconds: 30,
      pollMs: 20,
      drainMs: 50,
    })
    workers.push(worker)
    return worker
  }
  const begin = async (config: object, retry = ONCE): Promise<string> => {
    const { sql } = db.database
    const workflow_id = newId('workflow')
    const definition = workflow([
      {
        id: 'pay',
        type: 'api_call',
        retry,
        config: apiCall.config.parse({ method: 'POST', url: `${other.url}/pay?by={{ secrets.KEY }}`, ...config }),
      },
      { id: 'last', type: 'call' },
    ])
    await sql`insert into workflows (id, name, version) values (${workflow_id}, 'Test', 1)`
    await sql`insert into workflow_versions (workflow_id, version, source, definition) values (${workflow_id}, 1, '', ${JSON.stringify(definition)})`
    const started = await engine.start(call, {
      workflow_id,
      workflow_name: 'Test',
      workflow_version: 1,
      definition,
      inputs: {},
      static: {},
      profile: PROFILE,
      idempotency: null,
    })
    if (!started.ok) throw new Error(started.reason)
    return started.run_id
  }
  const status = async (run_id: string) =>
    (await db.database.sql<{ status: string }[]>`select status from runs where id = ${run_id}`)[0]?.status
  const reaches = (run_id: string, wanted: string) =>
    expect.poll(() => status(run_id), { timeout: 10_000 }).toBe(wanted)
  const history = async (run_id: string) =>
    db.database.sql<{ type: string; step_id: string | null; data: { evidence?: unknown; output?: unknown } }[]>`
      select type, step_id, data from run_events where run_id = ${run_id} order by seq`
  const kept = () => db.database.sql`select 1 from effects`
  /** The worker is gone without a word: its lease ends, and what it still does is a zombie's. */
  const lose = (worker: Worker) =>
    db.database.sql`update workers set lease_until = now() - interval '1 second' where id = ${worker.id}`
  const keys = () => other.seen.map(({ headers }) => headers['idempotency-key'])
  const key = (run_id: string) => `${run_id}:root:pay:1:0`
  /** Leaves a POST of which nobody knows whether it happened. */
  const leaveUnknown = async (): Promise<{ run_id: string; worker: Worker }> => {
    const first = await employ()
    const run_id = await begin({})
    first.nudge()
    await expect.poll(() => other.seen.length).toBe(1)
    await lose(first)
    const worker = await employ()
    await reaches(run_id, 'waiting')
    return { run_id, worker }
  }

  it('was sent by POST: it is not sent again, and the run waits with what is known', async () => {
    const first = await employ()
    const run_id = await begin({})
    first.nudge()
    await expect.poll(() => other.seen.length).toBe(1)
    await lose(first)
    await employ()
    await reaches(run_id, 'waiting')
    const fact = (await history(run_id)).find(({ type }) => type === 'step.unknown')
    expect(fact?.data.evidence).toEqual({
      method: 'POST',
      url: `${other.url}/pay?by=[REDACTED:KEY]`,
      key: key(run_id),
      worker: first.id,
      sent_at: expect.stringMatching(/^20.*Z$/),
    })
    // The answer comes after all, to a worker that no longer holds the step.
    answering.open()
    await first.stop()
    expect(await status(run_id)).toBe('waiting')
    expect(keys()).toEqual([key(run_id)])
    expect(await kept()).toHaveLength(0)
  })

  it('was held by a worker that comes back before it sent: only the second one sends', async () => {
    const reached = gate()
    const paused = gate()
    const zombie = await employ(async () => {
      reached.open()
      await paused.opened
    })
    const run_id = await begin({})
    zombie.nudge()
    await reached.opened
    await lose(zombie)
    const taken = gate()
    const go = gate()
    await employ(async () => {
      taken.open()
      await go.opened
    })
    await taken.opened
    paused.open()
    await zombie.stop()
    expect(other.seen).toHaveLength(0)
    answering.open()
    go.open()
    await reaches(run_id, 'completed')
    expect(keys()).toEqual([key(run_id)])
    expect(await kept()).toHaveLength(0)
  })

  it('was kept as sent by a worker that was then paused past its lease: it sends nothing, and people are asked', async () => {
    let pause = true
    const worker = await employ(async () => {
      const { now } = performance
      if (pause) vi.spyOn(performance, 'now').mockImplementation(() => now.call(performance) + 60_000)
      pause = false
    })
    const run_id = await begin({})
    worker.nudge()
    await expect.poll(kept).toHaveLength(1)
    await reaches(run_id, 'waiting')
    expect(other.seen).toHaveLength(0)
  })

  it('was claimed and not yet sent: the next worker sends it, once', async () => {
    const reached = gate()
    const first = await employ(({ signal }) => {
      reached.open()
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    })
    const run_id = await begin({})
    first.nudge()
    await reached.opened
    await first.stop()
    answering.open()
    await employ()
    await reaches(run_id, 'completed')
    expect(keys()).toEqual([key(run_id)])
  })

  it.each([
    ['PUT', { method: 'PUT' }],
    ['POST that is idempotent', { idempotent: true }],
  ])('was sent by %s: it is sent again with the same key', async (_name, config) => {
    const first = await employ()
    const run_id = await begin(config)
    first.nudge()
    await expect.poll(() => other.seen.length).toBe(1)
    expect(await kept()).toHaveLength(0)
    await lose(first)
    await employ()
    await expect.poll(() => other.seen.length).toBe(2)
    answering.open()
    await reaches(run_id, 'completed')
    expect(keys()).toEqual([key(run_id), key(run_id)])
  })

  it('was sent by a process whose successor has its name: nobody sends it again either', async () => {
    const run_id = await begin({})
    const { sql } = db.database
    await sql`insert into workers (id, lease_until) values ('wrk_slot', now() + interval '30 seconds')`
    await sql`update work set owner = 'wrk_slot', fence = fence + 1 where kind = 'step'`
    await sql`
      insert into effects (work_id, run_id, step_id, path, attempt, key, worker, fence, sent_at, evidence)
      select id, run_id, 'pay', 'root', 1, ${key(run_id)}, owner, fence, now(), '{}' from work where kind = 'step'`
    await employ(undefined, 'wrk_slot')
    await reaches(run_id, 'waiting')
    expect(other.seen).toHaveLength(0)
  })

  it('is broken off by a worker that stops before the answer: people are asked as well', async () => {
    const first = await employ()
    const run_id = await begin({})
    first.nudge()
    await expect.poll(() => other.seen.length).toBe(1)
    await first.stop()
    await employ()
    await reaches(run_id, 'waiting')
    expect(other.seen).toHaveLength(1)
  })

  it('is sent again with the same key when somebody says so, and may be lost again', async () => {
    const { run_id, worker } = await leaveUnknown()
    const resolved = await engine.resolve(call, { run_id, effect: key(run_id), resolution: { do: 'repeat' }, by })
    expect(resolved).toMatchObject({ ok: true })
    worker.nudge()
    await expect.poll(() => other.seen.length).toBe(2)
    await lose(worker)
    await employ()
    await reaches(run_id, 'waiting')
    await engine.resolve(call, { run_id, effect: key(run_id), resolution: { do: 'repeat' }, by })
    answering.open()
    await reaches(run_id, 'completed')
    expect(keys()).toEqual([key(run_id), key(run_id), key(run_id)])
    expect(await kept()).toHaveLength(0)
  })

  it.each([
    ['done', { do: 'done', result: { status: 201 } }, 'completed'],
    ['fail', { do: 'fail', reason: 'The bank knows nothing of it.' }, 'failed'],
  ] as const)('is settled as %s by somebody who looked, without another request', async (_name, resolution, end) => {
    const { run_id } = await leaveUnknown()
    expect(await engine.resolve(call, { run_id, effect: key(run_id), resolution, by })).toMatchObject({ ok: true })
    await reaches(run_id, end)
    expect(other.seen).toHaveLength(1)
    expect(await engine.resolve(call, { run_id, effect: key(run_id), resolution, by })).toMatchObject({
      ok: false,
      reason: 'unknown_effect',
    })
  })

  it('fails inside a worker that lives: its retry policy decides, and what was kept goes with each settlement', async () => {
    await other.close()
    let refuse = true
    other = await httpSink(async () => (refuse ? { status: 503 } : { status: 201 }))
    const worker = await employ()
    const run_id = await begin({}, { ...ONCE, max_attempts: 2, interval_ms: 300 })
    worker.nudge()
    await expect.poll(() => other.seen.length).toBe(1)
    await expect.poll(kept).toHaveLength(0)
    refuse = false
    await reaches(run_id, 'completed')
    expect(keys()).toEqual([key(run_id), key(run_id)])
  })

  it('never goes out once its run was canceled, and leaves nothing behind', async () => {
    const reached = gate()
    const paused = gate()
    const worker = await employ(async () => {
      reached.open()
      await paused.opened
    })
    const run_id = await begin({})
    worker.nudge()
    await reached.opened
    expect(await engine.cancel(call, { run_id, reason: 'Enough' })).toMatchObject({ ok: true })
    paused.open()
    await worker.stop()
    expect(other.seen).toHaveLength(0)
    expect(await kept()).toHaveLength(0)
  })

  it('waits for a cancel that is being committed, and then does not go out', async () => {
    const reached = gate()
    const paused = gate()
    const worker = await employ(async () => {
      reached.open()
      await paused.opened
    })
    await begin({})
    worker.nudge()
    await reached.opened
    await db.database.sql.begin(async (sql) => {
      await sql`delete from work where kind = 'step'`
      paused.open()
      // Whoever keeps the request as sent stands still at the row that is going.
      await expect
        .poll(
          () =>
            db.database
              .sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%into effects%'`,
        )
        .toHaveLength(1)
    })
    await worker.stop()
    expect(other.seen).toHaveLength(0)
  })

  it('and then canceled is forgotten with the next sweep', async () => {
    const worker = await employ()
    const run_id = await begin({})
    worker.nudge()
    await expect.poll(() => other.seen.length).toBe(1)
    await engine.cancel(call, { run_id, reason: 'Enough' })
    expect(await kept()).toHaveLength(1)
    await employ()
    expect(await kept()).toHaveLength(0)
  })
})
