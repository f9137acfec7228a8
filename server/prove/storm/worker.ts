import { ApiCallConfig } from '#lib/steps/api-call/definition.ts'
import { executeApiCall } from '#lib/steps/api-call/executor.ts'
import { testPorts } from '#server/engine/postgres/worker/testing.ts'
import { createEgress } from '#server/providers/http/egress.ts'
import { createHttpPort } from '#server/providers/http/http-port.ts'
import { becomeWorker } from '../become-worker.ts'

/** A worker process of the storm: the real worker, the real step, real HTTP. */
const [url = '', id = '', instance = '', leaseSeconds = ''] = process.argv.slice(2)
const http = createHttpPort(createEgress({ allow: ['127.0.0.1'] }))
await becomeWorker({ url, id, instance }, () => ({
  concurrency: 20,
  leaseSeconds: Number(leaseSeconds),
  pollMs: 250,
  ports: {
    ...testPorts,
    executors: {
      api_call: (context) => executeApiCall({ ...context, config: ApiCallConfig.parse(context.config) }),
    },
    // Says who sends, so that the ledger can tell whose requests were cut off.
    http: { request: (request) => http.request({ ...request, headers: { ...request.headers, 'x-worker': instance } }) },
  },
}))
