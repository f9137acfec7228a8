import { type LinkClaims, readLink } from '#lib/integrity/tokens.ts'
import { isApprovalLink } from '#server/auth/wait-links.ts'
import type { ServiceContext } from '../context.ts'
import { findWait } from '../waits/find.ts'
import { type ApprovalRecord, asApproval } from './view.ts'

/** The approval a link names and the place it decides in; null for a link that is not ours, without telling why. */
export async function findByLink(
  ctx: ServiceContext,
  token: string,
): Promise<{ readonly approval: ApprovalRecord; readonly claims: LinkClaims } | null> {
  const claims = readLink(token)
  const found = claims && (await findWait(ctx.app.database.db, claims.wait_id))
  const approval = found && asApproval(found)
  if (!approval || !isApprovalLink(ctx.app.keys, token, approval.record.id, approval.wait)) return null
  return { approval, claims }
}
