import type { Approval } from '#lib/contracts/approvals.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { findApproval } from './find.ts'
import { toApproval } from './view.ts'

/** One approval: exactly what is approved, who is asked, who said what, and what the caller may choose. */
export async function getApproval({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: { readonly id: string }
}): Promise<Approval> {
  authorise(ctx, 'approvals:read')
  return toApproval(ctx, await findApproval(ctx.app.database.db, input.id))
}
