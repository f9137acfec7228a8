import type { FormView } from '#lib/contracts/forms.ts'
import type { ServiceContext } from '../context.ts'
import { findOwnForm } from './find-own.ts'
import { toFormView } from './view.ts'

/** A form of a run, for somebody who is signed in. Reads only. */
export async function openForm({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: { readonly run_id: string; readonly wait_id: string }
}): Promise<FormView> {
  const { found } = await findOwnForm(ctx, input)
  return toFormView(found, null)
}
