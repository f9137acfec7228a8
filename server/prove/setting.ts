import { setTimeout as pause } from 'node:timers/promises'
import { newId } from '#lib/ids.ts'
import { stepCatalog } from '#lib/steps/definitions.ts'
import type { Clock } from '#lib/time.ts'
import type { WorkflowDefinition } from '#lib/workflow/definition.ts'
import { testCatalog } from '#lib/workflow/testkit.ts'
import { validateWorkflow } from '#lib/workflow/validate.ts'
import type { Sql } from '#server/db/client.ts'
import { retrying } from '#server/db/retrying.ts'
import type { Call, Engine, StartInput } from '#server/engine/port.ts'

/** A key of the workspace, as the API would have it. */
export const CALL: Call = {
  actor: { kind: 'apiKey', id: 'key_1', name: 'proof', role: 'admin', scopes: null, agent_id: null },
  request_id: 'req_proof',
  audit: null,
}

/** Who answers what the runs ask. */
export const SOMEBODY = { via: 'key', id: 'key_1', label: 'somebody' } as const

/** How engines and workers of a proof are made. */
export function engineOptions(sql: Sql, clock: Clock, troubles: unknown[]) {
  return { sql, clock, catalog: testCatalog, onError: (error: unknown) => troubles.push(error) }
}

/** The workflow of a text, with the real steps, as an author would have written it. */
export function written(text: string): WorkflowDefinition {
  const { definition, diagnostics } = validateWorkflow(text, stepCatalog)
  if (!definition) throw new Error(diagnostics.map(({ message }) => message).join('\n'))
  return definition
}

/** Keeps a workflow, and answers what its starts need of it. */
export async function publish(sql: Sql, definition: WorkflowDefinition): Promise<StartInput> {
  const workflow_id = newId('workflow')
  await sql`insert into workflows (id, name, version) values (${workflow_id}, ${definition.name}, 1)`
  await sql`insert into workflow_versions (workflow_id, version, source, definition) values (${workflow_id}, 1, '', ${JSON.stringify(definition)})`
  return {
    workflow_id,
    workflow_name: definition.name,
    workflow_version: 1,
    definition,
    inputs: {},
    static: {},
    profile: { user_id: null, user_email: null, user_role: null, name: null, agent_id: null },
    idempotency: null,
  }
}

/** Starts a run; answers its id. */
export async function begin(engine: Engine, input: StartInput): Promise<string> {
  const started = await engine.start(CALL, input)
  if (!started.ok) throw new Error(started.reason)
  return started.run_id
}

/** Starts the run of that number; a second start of it is answered with the first one's run. */
export function beginNumbered(engine: Engine, workflow: StartInput, n: number): Promise<string> {
  return begin(engine, { ...workflow, inputs: { n }, idempotency: { key: `number-${n}`, fingerprint: String(n) } })
}

/** Waits until no run goes on and no work is left, also while the database is away; what never ends is told by the checks. */
export async function untilOver(sql: Sql, ms: number): Promise<void> {
  const deadline = performance.now() + ms
  for (;;) {
    const [all] = await retrying(
      () => sql<{ over: boolean }[]>`
        select not exists (select 1 from runs where ended_at is null) and not exists (select 1 from work) as over`,
    )
    if (all?.over || performance.now() > deadline) return
    await pause(50)
  }
}
