import { eq } from 'drizzle-orm'
import { waits } from '#drizzle/schema/index.ts'
import { newId } from '#lib/ids.ts'
import { stepCatalog } from '#lib/steps/definitions.ts'
import type { WorkflowDefinition } from '#lib/workflow/definition.ts'
import { getRunContext } from '#server/services/runs/context.ts'
import { getRunDetail } from '#server/services/runs/detail.ts'
import { getRunHistory } from '#server/services/runs/history.ts'
import type { TestApp } from '#server/testing/app.ts'
import type { StartInput } from '../port.ts'
import type { WorkerPorts } from '../postgres/worker/parts.ts'
import { startWorker, type Worker } from '../postgres/worker/worker.ts'
import { SARAH, type Stage } from './stage.ts'
import type { Told } from './told.ts'

export interface PostgresStage extends Stage {
  /** Makes a definition known, and answers what a start needs of it. */
  publish(definition: WorkflowDefinition, text: string): Promise<PublishedWorkflow>
  told(run_id: string): Promise<Told>
  close(): Promise<void>
}

type PublishedWorkflow = Pick<StartInput, 'workflow_id' | 'workflow_name' | 'workflow_version' | 'definition'>

/** The Postgres engine with one worker that executes real steps. */
export async function openPostgresStage(
  app: TestApp,
  ports: WorkerPorts,
  onError: (error: unknown) => void,
): Promise<PostgresStage> {
  const { sql, db } = app.database
  const worker: Worker = await startWorker({
    sql,
    clock: app.clock,
    catalog: stepCatalog,
    onError,
    ports,
    id: null,
    concurrency: 4,
    leaseSeconds: 30,
    pollMs: 20,
    drainMs: 1_000,
  })
  return {
    engine: app.engine,
    clock: app.clock,
    settle: () => worker.idle(),
    async fields(_run_id, wait_id) {
      const [row] = await db.select().from(waits).where(eq(waits.id, wait_id))
      return row?.opening.kind === 'form' ? row.opening.fields : []
    },
    async publish(definition, text) {
      const workflow_id = newId('workflow')
      await sql`insert into workflows (id, name, version) values (${workflow_id}, ${definition.name}, 1)`
      await sql`insert into workflow_versions (workflow_id, version, source, definition)
        values (${workflow_id}, 1, ${text}, ${JSON.stringify(definition)})`
      return { workflow_id, workflow_name: definition.name, workflow_version: 1, definition }
    },
    async told(run_id) {
      const ctx = app.context(SARAH)
      const { steps, events } = await getRunHistory({ ctx, input: { id: run_id } })
      return {
        run: await getRunDetail({ ctx, input: { id: run_id } }),
        steps,
        events,
        context: await getRunContext({ ctx, input: { id: run_id, query: {} } }),
        mails: [
          ...(await sql<
            { kind: string; to: string }[]
          >`select kind, "to" from messages where run_id = ${run_id} order by id`),
        ],
      }
    },
    close: async () => void (await worker.stop()),
  }
}
