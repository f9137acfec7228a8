import { ApiCallConfig } from '#lib/steps/api-call/definition.ts'
import { executeApiCall } from '#lib/steps/api-call/executor.ts'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { systemClock } from '#lib/time.ts'
import { openDatabase } from '#server/db/client.ts'
import { WORK_CHANNEL } from '#server/engine/postgres/notifier.ts'
import { testPorts } from '#server/engine/postgres/worker/testing.ts'
import { startWorker } from '#server/engine/postgres/worker/worker.ts'
import { createEgress } from '#server/providers/http/egress.ts'
import { createHttpPort } from '#server/providers/http/http-port.ts'

/** A worker process of the storm: the real worker, the real step, real HTTP. It ends by being killed. */
const [url = '', id = '', instance = '', leaseSeconds = ''] = process.argv.slice(2)
process.once('disconnect', () => process.exit())
const database = openDatabase(url, { max: 4, name: instance })
const http = createHttpPort(createEgress({ allow: ['127.0.0.1'] }))
const worker = await startWorker({
  sql: database.sql,
  clock: systemClock,
  catalog: stepCatalog,
  onError: (error) => process.send?.({ said: 'trouble', trouble: String((error as Error).cause ?? error) }),
  id,
  concurrency: 20,
  leaseSeconds: Number(leaseSeconds),
  pollMs: 250,
  drainMs: 1_000,
  ports: {
    ...testPorts,
    executors: {
      api_call: (context) => executeApiCall({ ...context, config: ApiCallConfig.parse(context.config) }),
    },
    // Says who sends, so that the ledger can tell whose requests were cut off.
    http: { request: (request) => http.request({ ...request, headers: { ...request.headers, 'x-worker': instance } }) },
  },
})
await database.sql.listen(WORK_CHANNEL, () => worker.nudge())
process.send?.({ said: 'ready' })
