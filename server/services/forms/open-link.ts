import type { FormView } from '#lib/contracts/forms.ts'
import type { ServiceContext } from '../context.ts'
import { findFormByLink } from './find-by-link.ts'
import { isReceipt, readAnswers } from './receipt.ts'
import { toFormView } from './view.ts'

/**
 * What a form's link opens, for whoever holds it. Reads only. `receipt` is what `submitFormLink` gave to the browser that
 * sent it: with it the answers are shown again.
 */
export async function openFormLink({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: { readonly token: string; readonly receipt?: string | undefined }
}): Promise<FormView> {
  const named = await findFormByLink(ctx, input.token)
  if (!named) return { state: 'invalid' }
  const { wait } = named.found
  const sender = wait.outcome === 'submitted' && isReceipt(ctx, wait.id, input.receipt ?? '')
  return toFormView(named.found, null, sender ? await readAnswers(ctx, wait) : null)
}
