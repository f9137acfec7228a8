import type { WorkflowComparison } from '#lib/contracts/workflows.ts'
import { compareDefinitions } from '#lib/workflow/compare.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { findVersion, findWorkflow } from './find.ts'

/** Two versions of a workflow and what differs between them; `workflow.not_found` where there is no such version. */
export async function compareWorkflowVersions({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: { readonly id: string; readonly from: number; readonly to: number }
}): Promise<WorkflowComparison> {
  authorise(ctx, 'workflow:read')
  const { db } = ctx.app.database
  const workflow = await findWorkflow(db, input.id)
  const from = await findVersion(db, workflow.id, input.from)
  const to = await findVersion(db, workflow.id, input.to)
  return {
    from: { version: from.version, yaml: from.source },
    to: { version: to.version, yaml: to.source },
    changes: compareDefinitions(from.definition, to.definition),
  }
}
