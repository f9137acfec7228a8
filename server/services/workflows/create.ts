import type { z } from 'zod'
import { workflows, workflowVersions } from '#drizzle/schema/index.ts'
import { WorkflowCreate, type WorkflowSaved } from '#lib/contracts/workflows.ts'
import { newId } from '#lib/ids.ts'
import { labelOf } from '../actors.ts'
import { audit } from '../audit.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { checkText } from './check.ts'
import { toText } from './text.ts'

/** Saves a new workflow as version 1; nothing is saved when its text has errors. */
export async function createWorkflow({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: z.input<typeof WorkflowCreate>
}): Promise<WorkflowSaved> {
  const actor = authorise(ctx, 'workflow:create')
  const body = parseInput(WorkflowCreate, input)
  const { text, definition, warnings } = await checkText(ctx, toText(body))
  const id = newId('workflow')
  const now = ctx.app.clock.now()
  const name = body.name ?? definition.name
  await ctx.app.database.db.transaction(async (tx) => {
    const author = { createdBy: labelOf(actor), createdAt: now }
    const { description, tags } = definition
    await tx.insert(workflows).values({ id, name, description, tags: [...tags], version: 1, updatedAt: now, ...author })
    await tx
      .insert(workflowVersions)
      .values({ workflowId: id, version: 1, source: text, definition, warnings, ...author })
    await audit(ctx, tx, { action: 'workflow.create', target: id, detail: { name, version: 1 } })
  })
  return { id, name, version: 1, status: 'created', enabled: true, warnings }
}
