import { expect } from 'vitest'
import { apiCall } from '#lib/steps/api-call/definition.ts'
import { executeApiCall } from '#lib/steps/api-call/executor.ts'
import type { StepContext } from '#lib/steps/kit.ts'
import { ONCE, testCatalog, workflow } from '#lib/workflow/testkit.ts'
import { createEgress } from '#server/providers/http/egress.ts'
import { createHttpPort } from '#server/providers/http/http-port.ts'
import { httpSink, type SinkAnswer } from '#server/providers/http/sink.ts'
import { done, gate } from '../../conformance/kit.ts'
import { testPorts } from './testing.ts'
import type { Worker } from './worker.ts'
import { openWorkerBench } from './worker-testing.ts'

const SECRET = 'canary-9f2'

/** The key of the call that `begin` makes. */
export const key = (run_id: string) => `${run_id}:root:pay:1:0`

export type EffectBench = Awaited<ReturnType<typeof openEffectBench>>

/** Real workers, a real database and a real server that keeps its answer: what is left of a request when they are lost. */
export async function openEffectBench() {
  const workers = await openWorkerBench({
    catalog: { ...testCatalog, get: (type: string) => (type === 'api_call' ? apiCall : testCatalog.get(type)) },
  })
  const { sql } = workers
  const egress = createEgress({ allow: ['127.0.0.1'] })
  const answering = gate()
  const other = await httpSink(() => bench.reply())

  const bench = {
    ...workers,
    other,
    /** While shut, the other side gives no answer. */
    answering,
    reply: async (): Promise<SinkAnswer> => {
      await answering.opened
      return { status: 201, body: { id: 7 } }
    },

    /** `before` comes between the claim and the request. */
    employ: (before: (context: StepContext) => Promise<void> = async () => {}, id: string | null = null) =>
      workers.employWith(
        {
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
        // So that one that is held up cannot take its own row again.
        { id, concurrency: 1 },
      ),

    /** Starts a run of one POST, or what `config` makes of it, and a step after it. */
    begin(config: object, retry = ONCE): Promise<string> {
      const url = `${other.url}/pay?by={{ secrets.KEY }}`
      return workers.begin(
        workflow([
          { id: 'pay', type: 'api_call', retry, config: apiCall.config.parse({ method: 'POST', url, ...config }) },
          { id: 'last', type: 'call' },
        ]),
      )
    },

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
      await workers.close()
      await egress.close()
      await other.close()
    },
  }
  return bench
}
