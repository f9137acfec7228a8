import type { z } from 'zod'
import { type Workflow, WorkflowQuery } from '#lib/contracts/workflows.ts'
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
  const { version } = parseInput(WorkflowQuery, input.query)
  const { db } = ctx.app.database
  const workflow = await findWorkflow(db, input.id)
  return toWorkflow(workflow, await findVersion(db, workflow.id, version ?? workflow.version))
}
