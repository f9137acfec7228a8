import type { z } from 'zod'
import { type Workflow, WorkflowQuery } from '#lib/contracts/workflows.ts'
import type { JsonObject } from '#lib/json.ts'
import type { WorkflowDefinition } from '#lib/workflow/definition.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { findVersion, findWorkflow } from './find.ts'
import { toWorkflow } from './to-workflow.ts'

/** A workflow in its newest version, or the one asked for. */
export async function getWorkflow({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: { readonly id: string; readonly query: z.input<typeof WorkflowQuery> }
}): Promise<Workflow> {
  authorise(ctx, 'workflow:read')
  const { version, definition } = parseInput(WorkflowQuery, input.query)
  const { db } = ctx.app.database
  const workflow = await findWorkflow(db, input.id)
  const found = await findVersion(db, workflow.id, version ?? workflow.version)
  return { ...toWorkflow(workflow, found), ...(definition ? { definition: asJson(found.definition) } : {}) }
}

/** As it is sent: a definition is plain JSON. */
function asJson(definition: WorkflowDefinition): JsonObject {
  return JSON.parse(JSON.stringify(definition))
}
