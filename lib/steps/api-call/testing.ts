import type { JsonObject } from '#lib/json.ts'
import type { ExecutorResult, HttpAnswer, HttpPort, HttpRequest, StepContext } from '#lib/steps/kit.ts'
import { ApiCallConfig } from './definition.ts'
import { executeApiCall } from './executor.ts'

export const OK: HttpAnswer = {
  ok: true,
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: '{"id":7}',
}

export interface Given {
  readonly roots?: StepContext['scope']['roots']
  readonly answer?: HttpAnswer
  readonly violations?: readonly { path: string; message: string }[]
  /** Instead of one that notes what is sent and gives `answer`. */
  readonly http?: HttpPort
  /** Told before a request goes out that must not go out twice. */
  readonly sent?: StepContext['sent']
  readonly sentAs?: string
}

interface Executed {
  readonly result: ExecutorResult
  /** The first request, and all of them. */
  readonly request: HttpRequest | undefined
  readonly sent: readonly HttpRequest[]
}

/** Executes one call, and gives what was sent and what came of it. The clock stands at 2026-03-01T09:30Z. */
export async function execute(
  config: JsonObject,
  { roots = {}, answer = OK, violations = [], http, sent = async () => {}, sentAs }: Given = {},
): Promise<Executed> {
  const requests: HttpRequest[] = []
  const unused = () => Promise.reject(new Error('not used by this step'))
  const noting: HttpPort = {
    async request(request) {
      await request.before_send?.()
      requests.push(request)
      return answer
    },
  }
  const result = await executeApiCall({
    step: {
      id: 'call',
      type: 'api_call',
      name: null,
      next: null,
      when: null,
      retry: null,
      timeout_ms: null,
      on_error: null,
      output_key: null,
      config: {},
    },
    config: ApiCallConfig.parse({ url: 'https://api.example.com/', ...config }),
    scope: { roots, now: '2026-03-01T09:30:00.000Z' },
    activity: { path: 'root', step: 'call', visit: 1, attempt: 1, epoch: 1 },
    idempotencyKey: 'run_1:root:call:1:1',
    ...(sentAs === undefined ? {} : { sentAs }),
    requestId: 'req_1',
    signal: new AbortController().signal,
    feedback: null,
    sent,
    ai: { generate: unused },
    http: http ?? noting,
    schemas: { validate: async () => violations },
    prompts: { get: unused },
  })
  return { result, request: requests[0], sent: requests }
}
