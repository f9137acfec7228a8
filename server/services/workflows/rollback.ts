import type { z } from 'zod'
import { WorkflowRollback, type WorkflowSaved } from '#lib/contracts/workflows.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { checkText } from './check.ts'
import { findVersion, findWorkflow } from './find.ts'
import { saveVersion } from './save-version.ts'

/** Saves the text of an old version as the newest one; it is validated again, because the language may have moved on. */
export async function rollbackWorkflow({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: { readonly id: string; readonly body: z.input<typeof WorkflowRollback> }
}): Promise<WorkflowSaved> {
  const actor = authorise(ctx, 'workflow:update')
  const { version } = parseInput(WorkflowRollback, input.body)
  const { db } = ctx.app.database
  const { id } = await findWorkflow(db, input.id)
  const old = await findVersion(db, id, version)
  const checked = await checkText(ctx, old.source)
  const message = `Restored from version ${version}.`
  return saveVersion(ctx, actor, { ...checked, id, ifVersion: null, message, status: 'rolled_back' })
}
