import type { WorkflowValidation } from '#lib/contracts/workflows.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { diagnose, toValidation } from './check.ts'
import { findVersion, findWorkflow } from './find.ts'

/** Validates the newest version against the settings of today: what was fine when saved may have lost a constant. */
export async function validateStoredWorkflow({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: { readonly id: string }
}): Promise<WorkflowValidation> {
  authorise(ctx, 'workflow:read')
  const { db } = ctx.app.database
  const workflow = await findWorkflow(db, input.id)
  const { source } = await findVersion(db, workflow.id, workflow.version)
  return toValidation((await diagnose(ctx, source)).diagnostics)
}
