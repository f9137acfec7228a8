import type { z } from 'zod'
import { FormAnswer, type FormSubmitted } from '#lib/contracts/forms.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { takeAnswer } from './answer.ts'
import { findOwnForm } from './find-own.ts'

/** Answers a form of a run, by somebody who is signed in. A second submission changes nothing. */
export async function submitForm({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: { readonly run_id: string; readonly wait_id: string; readonly answer: z.input<typeof FormAnswer> }
}): Promise<FormSubmitted> {
  const answer = parseInput(FormAnswer, input.answer)
  const { actor, found } = await findOwnForm(ctx, input)
  return takeAnswer(ctx, actor, found, answer, null)
}
