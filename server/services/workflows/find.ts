import { and, eq, isNull } from 'drizzle-orm'
import { workflows, workflowVersions } from '#drizzle/schema/index.ts'
import { ScaffError } from '#lib/errors.ts'
import { isId } from '#lib/ids.ts'
import type { Tx } from '../audit.ts'

export type WorkflowRecord = typeof workflows.$inferSelect
export type VersionRecord = typeof workflowVersions.$inferSelect

/** The workflow, or `workflow.not_found`: for an unknown id, one of the wrong form, and a deleted one alike. */
export async function findWorkflow(tx: Tx, id: string, lock = false): Promise<WorkflowRecord> {
  if (!isId('workflow', id)) throw notFound()
  const query = tx
    .select()
    .from(workflows)
    .where(and(eq(workflows.id, id), isNull(workflows.deletedAt)))
  const [row] = await (lock ? query.for('update') : query)
  if (!row) throw notFound()
  return row
}

/** One immutable version, or `workflow.not_found`. */
export async function findVersion(tx: Tx, id: string, version: number): Promise<VersionRecord> {
  const [row] = await tx
    .select()
    .from(workflowVersions)
    .where(and(eq(workflowVersions.workflowId, id), eq(workflowVersions.version, version)))
  if (!row) {
    throw new ScaffError(
      'workflow.not_found',
      `The workflow has no version ${version}. Its versions list names those it has.`,
    )
  }
  return row
}

function notFound(): ScaffError {
  return new ScaffError('workflow.not_found', 'There is no workflow with this id. It may have been deleted.')
}
