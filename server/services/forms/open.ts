import type { FormView } from '#lib/contracts/forms.ts'
import type { ServiceContext } from '../context.ts'
import { findOwnForm } from './find-own.ts'
import { readAnswers } from './receipt.ts'
import { toFormView } from './view.ts'

/** A form of a run, for somebody who is signed in; for whoever has sent it, what they sent. Reads only. */
export async function openForm({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: { readonly run_id: string; readonly wait_id: string }
}): Promise<FormView> {
  const { actor, found } = await findOwnForm(ctx, input)
  const { wait } = found
  const sender = wait.outcome === 'submitted' && actor.kind === 'user' && wait.closedBy?.id === actor.id
  return toFormView(found, null, sender ? await readAnswers(ctx, wait) : null)
}
