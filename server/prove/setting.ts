import { newId } from '#lib/ids.ts'
import type { Clock } from '#lib/time.ts'
import type { WorkflowDefinition } from '#lib/workflow/definition.ts'
import { testCatalog } from '#lib/workflow/testkit.ts'
import type { Sql } from '#server/db/client.ts'
import type { Call, StartInput } from '#server/engine/port.ts'

/** A key of the workspace, as the API would have it. */
export const CALL: Call = {
  actor: { kind: 'apiKey', id: 'key_1', name: 'proof', role: 'admin', scopes: null, agent_id: null },
  request_id: 'req_proof',
  audit: null,
}

/** How engines and workers of a proof are made. */
export function engineOptions(sql: Sql, clock: Clock, troubles: unknown[]) {
  return { sql, clock, catalog: testCatalog, onError: (error: unknown) => troubles.push(error) }
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
