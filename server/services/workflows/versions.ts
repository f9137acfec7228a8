import { desc, eq } from 'drizzle-orm'
import { workflowVersions } from '#drizzle/schema/index.ts'
import type { WorkflowVersions } from '#lib/contracts/workflows.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { findWorkflow } from './find.ts'

/** All versions of a workflow, the newest first. */
export async function listWorkflowVersions({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: { readonly id: string }
}): Promise<WorkflowVersions> {
  authorise(ctx, 'workflow:read')
  const { db } = ctx.app.database
  const workflow = await findWorkflow(db, input.id)
  const { version, message, createdBy, createdAt } = workflowVersions
  const rows = await db
    .select({ version, message, createdBy, createdAt })
    .from(workflowVersions)
    .where(eq(workflowVersions.workflowId, workflow.id))
    .orderBy(desc(version))
  return {
    versions: rows.map((row) => ({
      version: row.version,
      message: row.message,
      created_by: row.createdBy,
      created_at: row.createdAt.toISOString(),
      latest: row.version === workflow.version,
    })),
  }
}
