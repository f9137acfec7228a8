import { expect } from 'vitest'
import { newId } from '#lib/ids.ts'
import { apiCall } from '#lib/steps/api-call/definition.ts'
import { executeApiCall } from '#lib/steps/api-call/executor.ts'
import type { StepContext } from '#lib/steps/kit.ts'
import { systemClock } from '#lib/time.ts'
import { ONCE, testCatalog, workflow } from '#lib/workflow/testkit.ts'
import { createEgress } from '#server/providers/http/egress.ts'
import { createHttpPort } from '#server/providers/http/http-port.ts'
import { httpSink, type SinkAnswer } from '#server/providers/http/sink.ts'
import { testDatabase } from '#server/testing/database.ts'
import { done, gate, PROFILE } from '../../conformance/kit.ts'
import type { Call } from '../../port.ts'
import { createPostgresEngine } from '../client/engine.ts'
import { testPorts } from './testing.ts'
import { startWorker, type Worker } from './worker.ts'

export const call: Call = { actor: { kind: 'system', name: 'test' }, request_id: 'req_1', audit: null }
const SECRET = 'canary-9f2'

/** The key of the call that `begin` makes. */
export const key = (run_id: string) => `${run_id}:root:pay:1:0`

export type EffectBench = Awaited<ReturnType<typeof openEffectBench>>

/** Real workers, a real database and a real server that keeps its answer: what is left of a request when they are lost. */
export async function openEffectBench() {
  const db = await testDatabase()
  const { sql } = db.database
  const troubles: unknown[] = []
  const workers: Worker[] = []
  const options = {
    sql,
    clock: systemClock,
    catalog: { ...testCatalog, get: (type: string) => (type === 'api_call' ? apiCall : testCatalog.get(type)) },
    onError: (error: unknown) => void troubles.push(error),
  }
  const engine = createPostgresEngine(options)
  const egress = createEgress({ allow: ['127.0.0.1'] })
  const answering = gate()
  const other = await httpSink(() => bench.reply())

  const bench = {
    sql,
    engine,
    other,
    troubles,
    /** While shut, the other side gives no answer. */
    answering,
    reply: async (): Promise<SinkAnswer> => {
      await answering.opened
      return { status: 201, body: { id: 7 } }
    },

    /** `before` comes between the claim and the request. */
    async employ(
      before: (context: StepContext) => Promise<void> = async () => {},
      id: string | null = null,
    ): Promise<Worker> {
      const worker = await startWorker({
        ...options,
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
    },

    /** Starts a run of one POST, or what `config` makes of it, and a step after it. */
    async begin(config: object, retry = ONCE): Promise<string> {
      const workflow_id = newId('workflow')
      const url = `${other.url}/pay?by={{ secrets.KEY }}`
      const definition = workflow([
        { id: 'pay', type: 'api_call', retry, config: apiCall.config.parse({ method: 'POST', url, ...config }) },
        { id: 'last', type: 'call' },
      ])
      await sql`insert into workflows (id, name, version) values (${workflow_id}, 'Test', 1)`
      await sql`insert into workflow_versions (workflow_id, version, source, definition)
        values (${workflow_id}, 1, '', ${JSON.stringify(definition)})`
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
    },

    async status(run_id: string) {
      const [row] = await sql<{ status: string }[]>`select status from runs where id = ${run_id}`
      return row?.status
    },
    reaches: (run_id: string, wanted: string) =>
      expect.poll(() => bench.status(run_id), { timeout: 10_000 }).toBe(wanted),
    history: (run_id: string) =>
      sql<{ type: string; data: { evidence?: unknown } }[]>`
        select type, data from run_events where run_id = ${run_id} order by seq`,
    /** What is kept as sent and not settled. */
    kept: () => sql`select 1 from effects`,
    keys: () => other.seen.map(({ headers }) => headers['idempotency-key']),

    /** The worker is gone without a word, as the sweep finds out: what it still does is a zombie's. */
    lose: (worker: Worker) => sql`update work set owner = null where owner = ${worker.id}`,

    /** Leaves a POST of which nobody knows whether it happened. */
    async leaveUnknown(): Promise<{ run_id: string; worker: Worker }> {
      const first = await bench.employ()
      const run_id = await bench.begin({})
      first.nudge()
      await expect.poll(() => other.seen.length).toBe(1)
      await bench.lose(first)
      const worker = await bench.employ()
      await bench.reaches(run_id, 'waiting')
      return { run_id, worker }
    },

    async close(): Promise<void> {
      answering.open()
      for (const worker of workers) await worker.stop()
      await engine.close()
      await egress.close()
      await other.close()
      await db.drop()
    },
  }
  return bench
}
