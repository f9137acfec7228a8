import type { z } from 'zod'
import { type Approval, ApprovalReassign } from '#lib/contracts/approvals.ts'
import { ScaffError } from '#lib/errors.ts'
import { decidedBy } from '../actors.ts'
import { authorise, may } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { refusalError } from '../waits/refusals.ts'
import { findApproval } from './find.ts'
import { toApproval } from './view.ts'

/** Gives a place to somebody else, who is asked by mail. People hand on their own; others' need the right to reassign. */
export async function reassignApproval({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: { readonly id: string; readonly body: z.input<typeof ApprovalReassign> }
}): Promise<Approval> {
  const actor = authorise(ctx, 'approvals:reassign', 'approvals:decide')
  const { to, from, comment = '' } = parseInput(ApprovalReassign, input.body)
  const { db } = ctx.app.database
  const { record, run, opening } = await findApproval(db, input.id)
  const own = actor.kind === 'user' ? actor.email : null
  const approver = from ?? own
  if (approver === null) {
    throw new ScaffError('approval.approver_needed', 'Say in `from` whose place is given away: one of their addresses.')
  }
  if (approver.toLowerCase() !== own?.toLowerCase() && !may(actor, 'approvals:reassign')) {
    throw new ScaffError('auth.forbidden', 'You may hand on your own place only. Ask an admin to reassign another.')
  }
  const answer = await ctx.app.engine.signal(
    {
      actor,
      request_id: ctx.requestId,
      audit: {
        action: 'approval.reassign',
        target: record.id,
        detail: { run_id: run.id, title: opening.title, from: approver, to, comment },
      },
    },
    {
      kind: 'reassign',
      run_id: run.id,
      wait_id: record.id,
      generation: null,
      by: decidedBy(actor),
      approver,
      to,
      comment: comment.trim(),
    },
  )
  if (!answer.ok) throw refusalError(answer)
  return toApproval(ctx, await findApproval(db, input.id))
}
