import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import { workflows } from '#drizzle/schema/index.ts'
import { type Workflow, WorkflowPatch } from '#lib/contracts/workflows.ts'
import { audit } from '../audit.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { findVersion, findWorkflow } from './find.ts'
import { toWorkflow } from './to-workflow.ts'

/** Switches new starts on or off; runs under way go on. */
export async function setWorkflowEnabled({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: { readonly id: string; readonly body: z.input<typeof WorkflowPatch> }
}): Promise<Workflow> {
  authorise(ctx, 'workflow:update')
  const { enabled } = parseInput(WorkflowPatch, input.body)
  return ctx.app.database.db.transaction(async (tx) => {
    const workflow = await findWorkflow(tx, input.id, true)
    const version = await findVersion(tx, workflow.id, workflow.version)
    if (workflow.enabled === enabled) return toWorkflow(workflow, version)
    const updatedAt = ctx.app.clock.now()
    await tx.update(workflows).set({ enabled, updatedAt }).where(eq(workflows.id, workflow.id))
    const action = enabled ? 'workflow.enable' : 'workflow.disable'
    await audit(ctx, tx, { action, target: workflow.id, detail: { name: workflow.name } })
    return toWorkflow({ ...workflow, enabled, updatedAt }, version)
  })
}
