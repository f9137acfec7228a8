import type { AccountLinkFacts } from '#lib/contracts/members.ts'
import { isScaffError } from '#server/api/error-map.ts'
import { pageContext } from '#server/auth/page-session.ts'
import { describeLink } from '#server/services/accounts/describe-link.ts'

type LinkFacts =
  | { readonly ok: true; readonly facts: AccountLinkFacts }
  | { readonly ok: false; readonly sentence: string }

/** What a one-time link is about, or the sentence that says why it does not work. Reading does not use it up. */
export async function readLink(kind: AccountLinkFacts['kind'], token: string | undefined): Promise<LinkFacts> {
  try {
    return { ok: true, facts: await describeLink({ ctx: await pageContext(), input: { kind, token: token ?? '' } }) }
  } catch (error) {
    if (!isScaffError(error)) throw error
    return { ok: false, sentence: error.message }
  }
}
