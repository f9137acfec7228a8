import type { z } from 'zod'
import { type WorkflowSaved, WorkflowUpdate } from '#lib/contracts/workflows.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { checkText } from './check.ts'
import { findVersion, findWorkflow } from './find.ts'
import { saveVersion } from './save-version.ts'
import { toText } from './text.ts'

/**
 * Saves a text as the next version; runs under way keep theirs. `ifVersion` is the version the author began from (null:
 * whichever is newest). Nothing is saved when the text has errors.
 */
export async function updateWorkflow({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: { readonly id: string; readonly ifVersion: number | null; readonly body: z.input<typeof WorkflowUpdate> }
}): Promise<WorkflowSaved> {
  const actor = authorise(ctx, 'workflow:update')
  const body = parseInput(WorkflowUpdate, input.body)
  const { db } = ctx.app.database
  const workflow = await findWorkflow(db, input.id)
  const { source } = await findVersion(db, workflow.id, workflow.version)
  const checked = await checkText(ctx, toText(ctx, body, source))
  const { id, ifVersion } = input
  return saveVersion(ctx, actor, { ...checked, id, ifVersion, message: body.message ?? null, status: 'updated' })
}
