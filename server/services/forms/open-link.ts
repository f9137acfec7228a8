import type { FormView } from '#lib/contracts/forms.ts'
import type { ServiceContext } from '../context.ts'
import { findFormByLink } from './find-by-link.ts'
import { toFormView } from './view.ts'

/** What a form's link opens, for whoever holds it. Reads only. */
export async function openFormLink({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: { readonly token: string }
}): Promise<FormView> {
  const named = await findFormByLink(ctx, input.token)
  return named ? toFormView(named.found, null) : { state: 'invalid' }
}
