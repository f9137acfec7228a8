import { expect } from 'vitest'
import { newId } from '#lib/ids.ts'
import type { ExecutorResult, StepContext } from '#lib/steps/kit.ts'
import { systemClock } from '#lib/time.ts'
import type { StepCatalog } from '#lib/workflow/catalog.ts'
import type { WorkflowDefinition } from '#lib/workflow/definition.ts'
import { testCatalog } from '#lib/workflow/testkit.ts'
import type { Sql } from '#server/db/client.ts'
import { testDatabase } from '#server/testing/database.ts'
import { PROFILE } from '../../conformance/kit.ts'
import type { Call, StartInput } from '../../port.ts'
import { createPostgresEngine } from '../client/engine.ts'
import { createParts } from '../parts.ts'
import { takeLease } from './lease.ts'
import type { WorkerContext, WorkerPorts } from './parts.ts'
import { testPorts } from './testing.ts'
import { startWorker, type Worker, type WorkerOptions } from './worker.ts'

export const call: Call = { actor: { kind: 'system', name: 'test' }, request_id: 'req_1', audit: null }

export type WorkerBench = Awaited<ReturnType<typeof openWorkerBench>>

/** From now on the next write commits, and the connection breaks before its answer came. Returned: whether that was so. */
export function loseNextAnswer(sql: Sql): () => boolean {
  const { unsafe } = sql
  let lost = false
  const losing = async (...given: Parameters<Sql['unsafe']>) => {
    await unsafe.apply(sql, given)
    Object.assign(sql, { unsafe })
    lost = true
    throw Object.assign(new Error('the connection was closed'), { code: 'CONNECTION_CLOSED' })
  }
  Object.assign(sql, { unsafe: losing })
  return () => lost
}

/** Workers on a database of their own, with an engine that starts runs for them. */
export async function openWorkerBench({ catalog = testCatalog }: { readonly catalog?: StepCatalog } = {}) {
  const db = await testDatabase()
  const { sql } = db.database
  const troubles: unknown[] = []
  const workers: Worker[] = []
  const options = {
    sql,
    clock: systemClock,
    catalog,
    onError: (error: unknown) => void troubles.push(error),
  }
  const engine = createPostgresEngine(options)
  const portsOf = (script: (context: StepContext) => Promise<ExecutorResult>): WorkerPorts => ({
    ...testPorts,
    executors: { call: script },
  })

  const bench = {
    sql,
    engine,
    troubles,
    employ: (script: (context: StepContext) => Promise<ExecutorResult>, more: Partial<WorkerOptions> = {}) =>
      bench.employWith(portsOf(script), more),
    async employWith(ports: WorkerPorts, more: Partial<WorkerOptions> = {}): Promise<Worker> {
      const settings = { id: null, concurrency: 4, leaseSeconds: 30, pollMs: 20, drainMs: 50 }
      const worker = await startWorker({ ...options, ports, ...settings, ...more })
      workers.push(worker)
      return worker
    },
    async dismiss(worker: Worker): Promise<void> {
      workers.splice(workers.indexOf(worker), 1)
      await worker.stop()
    },
    /** What a worker's parts are given, without a worker that would act by itself. */
    async context(
      script: (context: StepContext) => Promise<ExecutorResult>,
      monotonic?: () => number,
    ): Promise<WorkerContext> {
      return {
        parts: createParts(options),
        ports: portsOf(script),
        lease: await takeLease(sql, newId('worker'), 30, monotonic),
        stop: new AbortController().signal,
        holding: new Map(),
        report: (error) => void troubles.push(error),
      }
    },
    async publish(definition: WorkflowDefinition): Promise<Omit<StartInput, 'idempotency'>> {
      const workflow_id = newId('workflow')
      await sql`insert into workflows (id, name, version) values (${workflow_id}, 'Test', 1)`
      await sql`insert into workflow_versions (workflow_id, version, source, definition)
        values (${workflow_id}, 1, '', ${JSON.stringify(definition)})`
      const named = { workflow_id, workflow_name: 'Test', workflow_version: 1, definition }
      return { ...named, inputs: {}, static: {}, profile: PROFILE }
    },
    async begin(definition: WorkflowDefinition, more: Partial<StartInput> = {}): Promise<string> {
      const started = await engine.start(call, { ...(await bench.publish(definition)), idempotency: null, ...more })
      if (!started.ok) throw new Error(started.reason)
      return started.run_id
    },
    async status(run_id: string) {
      const [row] = await sql<{ status: string }[]>`select status from runs where id = ${run_id}`
      return row?.status
    },
    reaches: (run_id: string, wanted: string) =>
      expect.poll(() => bench.status(run_id), { timeout: 10_000 }).toBe(wanted),
    async close(): Promise<void> {
      for (const worker of workers) await worker.stop()
      await engine.close()
      await db.drop()
    },
  }
  return bench
}
