import { eq } from 'drizzle-orm'
import { workflows } from '#drizzle/schema/index.ts'
import { audit } from '../audit.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { findWorkflow } from './find.ts'

/** Takes a workflow out of every list; its runs go on and their history stays. */
export async function deleteWorkflow({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: { readonly id: string }
}): Promise<null> {
  authorise(ctx, 'workflow:delete')
  await ctx.app.database.db.transaction(async (tx) => {
    const workflow = await findWorkflow(tx, input.id, true)
    await tx.update(workflows).set({ deletedAt: ctx.app.clock.now() }).where(eq(workflows.id, workflow.id))
    await audit(ctx, tx, { action: 'workflow.delete', target: workflow.id, detail: { name: workflow.name } })
  })
  return null
}
