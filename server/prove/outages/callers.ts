import { setTimeout as pause } from 'node:timers/promises'
import type { Endpoint } from '#server/api/endpoint.ts'
import { getExecution, listExecutions, startExecution } from '#server/api/routes/executions.ts'
import { serve } from '#server/api/serve.ts'
import type { App } from '#server/services/context.ts'
import type { Findings } from '../report.ts'

/** A caller whose start is not accepted by then has given up. */
const PATIENCE_MS = 60_000

/** What callers of the API were told. */
export interface Told {
  /** Answers by their status. */
  readonly statuses: Map<number, number>
  slowest: number
}

/** Calls the API as requests do, with a key; every answer is good, or asks to come again. */
export function openCallers(app: App, key: string, { expect }: Findings) {
  const told: Told = { statuses: new Map(), slowest: 0 }

  async function call(endpoint: Endpoint, more: { params?: Record<string, string>; body?: object; once?: string }) {
    const headers = new Headers({ authorization: `Bearer ${key}`, 'content-type': 'application/json' })
    if (more.once) headers.set('idempotency-key', more.once)
    const { method } = endpoint
    const body = more.body ? { body: JSON.stringify(more.body) } : {}
    const request = new Request(`http://proof.invalid/api/v1${endpoint.path}`, { method, headers, ...body })
    const began = performance.now()
    const response = await serve(app, endpoint, request, more.params ?? {}, { strictAnswers: true })
    const { status } = response
    told.slowest = Math.max(told.slowest, performance.now() - began)
    told.statuses.set(status, (told.statuses.get(status) ?? 0) + 1)
    const text = await response.text()
    const again = status === 503 && response.headers.get('retry-after') !== null
    expect(status < 300 || again, `${method} ${endpoint.path} was answered with ${status}: ${text}`)
    return { ok: status < 300, text }
  }

  return {
    told,
    /** Starts the run of that number, sending it again under its key while the answer asks for that. */
    async start(workflow_id: string, n: number): Promise<string | null> {
      for (const until = performance.now() + PATIENCE_MS; performance.now() < until; await pause(200)) {
        const { ok, text } = await call(startExecution, { body: { workflow_id, inputs: { n } }, once: `outage-${n}` })
        if (ok) return JSON.parse(text).run_id
      }
      return null
    },
    /** Looks at one run and at the list, as pages do. */
    async look(id: string): Promise<void> {
      await Promise.all([call(getExecution, { params: { id } }), call(listExecutions, {})])
    },
  }
}
