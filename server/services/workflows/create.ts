import type { z } from 'zod'
import { workflows, workflowVersions } from '#drizzle/schema/index.ts'
import { WorkflowCreate, type WorkflowSaved } from '#lib/contracts/workflows.ts'
import { newId } from '#lib/ids.ts'
import { labelOf } from '../actors.ts'
import { audit, type Tx } from '../audit.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type CheckedText, checkText } from './check.ts'
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
  const checked = await checkText(ctx, toText(ctx, body))
  return ctx.app.database.db.transaction((tx) =>
    writeFirstVersion(ctx, tx, { ...checked, name: body.name ?? checked.definition.name, author: labelOf(actor) }),
  )
}

/** Version 1 of a text that was checked, with its audit record, in the caller's transaction. */
export async function writeFirstVersion(
  ctx: ServiceContext,
  tx: Tx,
  {
    text,
    definition,
    warnings,
    name,
    author: createdBy,
  }: CheckedText & { readonly name: string; readonly author: string },
): Promise<WorkflowSaved> {
  const id = newId('workflow')
  const now = ctx.app.clock.now()
  const author = { createdBy, createdAt: now }
  const { description, tags } = definition
  await tx.insert(workflows).values({ id, name, description, tags: [...tags], version: 1, updatedAt: now, ...author })
  await tx
    .insert(workflowVersions)
    .values({ workflowId: id, version: 1, source: text, definition, warnings, ...author })
  await audit(ctx, tx, { action: 'workflow.create', target: id, detail: { name, version: 1 } })
  return { id, name, version: 1, status: 'created', enabled: true, warnings }
}
