import type { z } from 'zod'
import { FormAnswer, type FormSubmitted } from '#lib/contracts/forms.ts'
import type { Actor } from '#server/engine/port.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { nameOf } from '../runs/to-wait.ts'
import { takeAnswer } from './answer.ts'
import { findFormByLink } from './find-by-link.ts'

/** Answers a form by its link. A second submission changes nothing and is told that the first was taken. */
export async function submitFormLink({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: { readonly token: string; readonly answer: z.input<typeof FormAnswer> }
}): Promise<FormSubmitted> {
  const answer = parseInput(FormAnswer, input.answer)
  const named = await findFormByLink(ctx, input.token)
  if (!named) return { accepted: false, view: { state: 'invalid' } }
  const { found, claims } = named
  const { opening } = found.wait
  const assignee = opening.kind === 'form' && !opening.public ? opening.assignee : null
  const email = assignee && nameOf(assignee)
  const actor: Actor = { kind: 'link', wait_id: found.wait.id, approver: null, email }
  return takeAnswer(ctx, actor, found, answer, claims.generation)
}
