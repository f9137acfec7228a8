import { type LinkClaims, readLink } from '#lib/integrity/tokens.ts'
import { isFormLink } from '#server/auth/wait-links.ts'
import type { ServiceContext } from '../context.ts'
import { findWait, type WaitWithRun } from '../waits/find.ts'

/** The form a link names; null for a link that is not ours, without telling why. */
export async function findFormByLink(
  ctx: ServiceContext,
  token: string,
): Promise<{ readonly found: WaitWithRun; readonly claims: LinkClaims } | null> {
  const claims = readLink(token)
  if (claims === null) return null
  const found = await findWait(ctx.app.database.db, claims.wait_id)
  if (found?.wait.opening.kind !== 'form') return null
  return isFormLink(ctx.app.keys, token, found.wait.id, found.wait.opening) ? { found, claims } : null
}
