import type { AccountLinkFacts } from '#lib/contracts/members.ts'
import type { AccountTokenKind } from '#server/auth/account-token.ts'
import type { ServiceContext } from '../context.ts'
import { findAccountToken } from './account-tokens.ts'

/** What the page behind a one-time link shows before it is used; throws `auth.link_invalid`. Reading does not use it. */
export async function describeLink({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: { kind: AccountTokenKind; token: string }
}): Promise<AccountLinkFacts> {
  const { kind, email, role } = await findAccountToken(ctx, input.kind, input.token)
  return { kind, email, role }
}
