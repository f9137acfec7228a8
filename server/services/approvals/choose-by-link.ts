import type { z } from 'zod'
import { ApprovalLinkChoose, type ApprovalLinkChosen } from '#lib/contracts/approvals.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { makeNonce } from './link-nonce.ts'
import { linkProblem } from './link-problem.ts'
import { openApprovalLink } from './open-link.ts'

/**
 * The first of the two acts: says what was chosen and gets a nonce to confirm it with. Decides nothing. `session` is a
 * random value of at least 16 characters that the browser keeps in an http-only cookie.
 */
export async function chooseByLink({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: z.input<typeof ApprovalLinkChoose> & { readonly session: string }
}): Promise<ApprovalLinkChosen> {
  const { session, ...asked } = input
  const { token, choice, comment } = parseInput(ApprovalLinkChoose, asked)
  const view = await openApprovalLink({ ctx, input: { token } })
  if (view.state !== 'open') return { ok: false, problem: null, view }
  const problem = linkProblem(view, choice, comment)
  if (problem !== null) return { ok: false, problem, view }
  return { ok: true, nonce: makeNonce(ctx, { session, token, choice }), view }
}
