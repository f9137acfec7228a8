import { newId } from '#lib/ids.ts'
import type { JsonObject } from '#lib/json.ts'
import type { StepExecutor } from '#lib/steps/kit.ts'
import { systemClock } from '#lib/time.ts'
import type { StepCatalog } from '#lib/workflow/catalog.ts'
import type { WorkflowDefinition } from '#lib/workflow/definition.ts'
import type { Sql } from '#server/db/client.ts'
import type { Call, Engine, StartInput } from '#server/engine/port.ts'
import { createPostgresEngine } from '#server/engine/postgres/client/engine.ts'
import { WORK_CHANNEL } from '#server/engine/postgres/notifier.ts'
import type { CommittedNews } from '#server/engine/postgres/parts.ts'
import type { WorkerPorts } from '#server/engine/postgres/worker/parts.ts'
import { testPorts } from '#server/engine/postgres/worker/testing.ts'
import { startWorker } from '#server/engine/postgres/worker/worker.ts'
import { benchCatalog, callExecutor } from './workflows.ts'

/** Runs under way at once, and steps that the worker executes at once. */
export const CONCURRENCY = 50

export type Published = Pick<StartInput, 'workflow_id' | 'workflow_name' | 'workflow_version' | 'definition'>

/** The engine at its port with one worker in this process, hints and polling as in production. */
export interface Rig {
  readonly engine: Engine
  publish(definition: WorkflowDefinition): Promise<Published>
  /** Starts a run; answers its id. */
  start(workflow: Published, inputs?: JsonObject): Promise<string>
  /** Resolves when the run has ended, with the instant of the commit by `performance.now()`. Rejects unless it is completed. */
  ended(run_id: string): Promise<number>
  /** Starts a run and waits for its end; answers its id. */
  complete(workflow: Published): Promise<string>
  close(): Promise<void>
}

export interface RigOptions {
  readonly sql: Sql
  readonly catalog?: StepCatalog
  readonly ports?: WorkerPorts
  readonly call?: StepExecutor
  readonly concurrency?: number
}

/** Starts the engine and its worker on one pool. */
export async function createRig({ sql, catalog = benchCatalog, ports, call, concurrency }: RigOptions): Promise<Rig> {
  const ends = createEnds()
  const options = {
    sql,
    clock: systemClock,
    catalog,
    observe: ends.observe,
    onError: (error: unknown) => console.error(error),
  }
  const engine = createPostgresEngine(options)
  const worker = await startWorker({
    ...options,
    ...WORKER,
    concurrency: concurrency ?? CONCURRENCY,
    ports: ports ?? { ...testPorts, executors: { call: call ?? callExecutor } },
  })
  const listening = await sql.listen(WORK_CHANNEL, () => worker.nudge())
  return {
    engine,
    publish: (definition) => publish(sql, definition),
    start: (workflow, inputs = {}) => startRun(engine, workflow, inputs),
    ended: ends.ended,
    async complete(workflow) {
      const run_id = await startRun(engine, workflow, {})
      await ends.ended(run_id)
      return run_id
    },
    async close() {
      await listening.unlisten()
      await worker.stop()
      await engine.close()
    },
  }
}

/** As the worker process has it. */
export const WORKER = { id: null, leaseSeconds: 30, pollMs: 500, drainMs: 1_000 } as const

/** Makes a definition known. */
export async function publish(sql: Sql, definition: WorkflowDefinition): Promise<Published> {
  const workflow_id = newId('workflow')
  await sql`insert into workflows (id, name, version) values (${workflow_id}, ${definition.name}, 1)`
  await sql`insert into workflow_versions (workflow_id, version, source, definition)
    values (${workflow_id}, 1, '', ${JSON.stringify(definition)})`
  return { workflow_id, workflow_name: definition.name, workflow_version: 1, definition }
}

export async function startRun(engine: Engine, workflow: Published, inputs: JsonObject): Promise<string> {
  const input = { ...workflow, inputs, static: {}, profile: NOBODY, idempotency: null }
  const started = await engine.start(CALL, input)
  if (!started.ok) throw new Error(started.reason)
  return started.run_id
}

const NOBODY = { user_id: null, user_email: null, user_role: null, name: null, agent_id: null }
export const CALL: Call = {
  actor: { kind: 'apiKey', id: 'key_bench', name: 'bench', role: 'admin', scopes: null, agent_id: null },
  request_id: 'req_bench',
  audit: null,
}
export const BY = { via: 'key', id: 'key_bench', label: 'bench' } as const

/** Hears of ends as the log does, so that nobody has to ask the database for them. */
function createEnds(): { observe(news: CommittedNews): void; ended(run_id: string): Promise<number> } {
  const over = new Map<string, PromiseWithResolvers<number>>()
  const of = (run_id: string): PromiseWithResolvers<number> => {
    const known = over.get(run_id)
    if (known) return known
    const made = Promise.withResolvers<number>()
    over.set(run_id, made)
    return made
  }
  return {
    observe({ run_id, events }) {
      for (const { type } of events) {
        if (type === 'run.completed') of(run_id).resolve(performance.now())
        if (type === 'run.failed' || type === 'run.canceled') of(run_id).reject(new Error(`${run_id}: ${type}`))
      }
    },
    ended: (run_id) => of(run_id).promise.finally(() => over.delete(run_id)),
  }
}
