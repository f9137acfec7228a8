import { timingSafeEqual } from 'node:crypto'
import type { z } from 'zod'
import { ApprovalLinkDecide, type ApprovalLinkDecided } from '#lib/contracts/approvals.ts'
import { ScaffError } from '#lib/errors.ts'
import { confirmationCode } from '#server/auth/wait-links.ts'
import type { Actor } from '#server/engine/port.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { countTry } from '../tries.ts'
import { findByLink } from './find-by-link.ts'
import { isNonce } from './link-nonce.ts'
import { linkProblem } from './link-problem.ts'
import { toApprovalLink } from './link-view.ts'
import { openApprovalLink } from './open-link.ts'
import { recordDecision } from './record-decision.ts'

/**
 * The second act: decides in the place the link names, nowhere else. Refused without the nonce of the first act from the
 * same browser for the same choice, and without the code where the step asks for one. A repeat is harmless: the view
 * then says who decided what.
 */
export async function decideByLink({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: z.input<typeof ApprovalLinkDecide> & { readonly session: string }
}): Promise<ApprovalLinkDecided> {
  const { session, ...asked } = input
  const { token, choice, comment, nonce, code = '' } = parseInput(ApprovalLinkDecide, asked)
  const found = await findByLink(ctx, token)
  if (!found) return { ok: false, problem: null, view: { state: 'invalid' } }
  const { approval, claims } = found
  const view = await toApprovalLink(ctx, approval, claims)
  if (view.state !== 'open') return { ok: false, problem: null, view }
  const refuse = (problem: string): ApprovalLinkDecided => ({ ok: false, problem, view })
  const problem = linkProblem(view, choice, comment)
  if (problem !== null) return refuse(problem)
  if (!isNonce(ctx, { session, token, choice }, nonce)) {
    return refuse('This confirmation is too old or came from another browser. Choose again.')
  }
  const expected = confirmationCode(ctx.app.keys, approval.record.id, approval.wait, claims.place)
  if (view.confirm === 'code' && !(await mayGuess(ctx, `code:${approval.record.id}:${claims.place}`))) {
    return refuse('Too many wrong codes. Wait a quarter of an hour, then type the one of the newest mail.')
  }
  if (view.confirm === 'code' && !sameCode(code, expected)) {
    return refuse('This is not the code of the mail. Type the six digits that stand in it.')
  }
  const actor: Actor = { kind: 'link', wait_id: approval.record.id, approver: claims.place, email: view.approver }
  try {
    await recordDecision(ctx, actor, approval, {
      decision: choice,
      comment,
      approver: null,
      generation: claims.generation,
    })
  } catch (error) {
    if (!(error instanceof ScaffError)) throw error
    // Somebody was faster: what the link shows now tells who, where it is no longer open.
    const now = await openApprovalLink({ ctx, input: { token } })
    return { ok: false, problem: now.state === 'open' ? error.message : null, view: now }
  }
  return { ok: true, problem: null, view: await openApprovalLink({ ctx, input: { token } }) }
}

/** Of six digits nobody finds the right one by trying. */
const MAX_GUESSES = 5

async function mayGuess({ app }: ServiceContext, id: string): Promise<boolean> {
  return (await countTry(app, id, MAX_GUESSES)).allowed
}

function sameCode(given: string, code: string): boolean {
  const [got, expected] = [Buffer.from(given.replaceAll(/\s/g, '')), Buffer.from(code)]
  return got.length === expected.length && timingSafeEqual(got, expected)
}
