import { newId } from '#lib/ids.ts'
import type { StepContext } from '#lib/steps/kit.ts'
import { testCatalog } from '#lib/workflow/testkit.ts'
import { testDatabase } from '#server/testing/database.ts'
import { createTestClock, done, engineConformance, type Harness } from '../conformance/index.ts'
import { createPostgresEngine } from './client/engine.ts'
import { testPorts } from './worker/testing.ts'
import { startWorker } from './worker/worker.ts'

engineConformance('Postgres', async () => {
  const { database, drop } = await testDatabase()
  const { sql } = database
  const clock = createTestClock()
  const troubles: unknown[] = []
  const options = { sql, clock, catalog: testCatalog, onError: (error: unknown) => troubles.push(error) }
  const engine = createPostgresEngine(options)
  const worker = await startWorker({
    ...options,
    ports: {
      ...testPorts,
      child: (_caller, workflow, inputs) => harness.child(workflow, inputs),
      executors: { call: (context: StepContext) => harness.script(context) },
    },
    id: null,
    concurrency: 8,
    leaseSeconds: 30,
    pollMs: 20,
    drainMs: 1_000,
  })
  const harness: Harness = {
    engine,
    clock,
    script: async () => done(),
    child: async () => Promise.reject(new Error('this test calls no workflow')),
    async publish(definition) {
      const workflow_id = newId('workflow')
      await sql`insert into workflows (id, name, version) values (${workflow_id}, ${definition.name}, 1)`
      await sql`insert into workflow_versions (workflow_id, version, source, definition) values (${workflow_id}, 1, '', ${JSON.stringify(definition)})`
      return { workflow_id, workflow_name: definition.name, workflow_version: 1, definition }
    },
    settle: () => worker.idle(),
    async lose({ sent, idempotencyKey, activity }, evidence) {
      await sent(evidence)
      // As the sweep does once a lease is over: what the worker still says is a zombie's.
      await sql`update work set owner = null where kind = 'step' and key = ${`${idempotencyKey}:${activity.attempt}`}`
    },
    async history(id) {
      const rows = await sql<
        { type: string; step_id: string | null }[]
      >`select type, step_id from run_events where run_id = ${id} order by seq`
      return rows.map(({ type, step_id }) => (/^(step|answer)\./.test(type) ? `${type} ${step_id}` : type))
    },
    async outputs(id) {
      const rows = await sql<{ step_id: string; output: never }[]>`
        select step_id, output from run_steps where run_id = ${id} and status = 'completed' order by seq`
      return Object.fromEntries(rows.map((row) => [row.step_id, row.output]))
    },
    async children(id) {
      const rows = await sql<{ id: string }[]>`select id from runs where parent_run_id = ${id} order by id`
      return rows.map((row) => row.id)
    },
    async mails(id) {
      const rows = await sql<
        { kind: string; to: string }[]
      >`select kind, "to" from messages where run_id = ${id} order by id`
      return rows.map((row) => `${row.kind} ${row.to}`)
    },
    async close() {
      await worker.stop()
      await engine.close()
      await drop()
      if (troubles.length > 0) throw new AggregateError(troubles, 'the engine reported troubles')
    },
  }
  return harness
})
