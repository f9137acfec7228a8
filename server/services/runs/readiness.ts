import type { RunReadiness } from '#lib/contracts/run-acts.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { findVersion, findWorkflow } from '../workflows/find.ts'
import { missingSettings } from './requirements.ts'

/** What a version needs and the workspace does not have: the same that a start would refuse it for. */
export async function runReadiness({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: { readonly workflow_id: string; readonly version: number }
}): Promise<RunReadiness> {
  authorise(ctx, 'run:start')
  const { db } = ctx.app.database
  const workflow = await findWorkflow(db, input.workflow_id)
  const { definition } = await findVersion(db, workflow.id, input.version)
  return { missing: (await missingSettings(ctx, definition)).map(({ path }) => path) }
}
