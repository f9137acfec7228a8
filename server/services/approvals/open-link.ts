import type { ApprovalLink } from '#lib/contracts/approvals.ts'
import type { ServiceContext } from '../context.ts'
import { findByLink } from './find-by-link.ts'
import { toApprovalLink } from './link-view.ts'

/** What a mailed link opens, for whoever holds it. Reads only: opening decides nothing, however often it is done. */
export async function openApprovalLink({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: { readonly token: string }
}): Promise<ApprovalLink> {
  const found = await findByLink(ctx, input.token)
  return found ? toApprovalLink(ctx, found.approval, found.claims) : { state: 'invalid' }
}
