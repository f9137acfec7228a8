import type { z } from 'zod'
import { ApprovalDecide, type ApprovalDecided } from '#lib/contracts/approvals.ts'
import { toQuorum } from '#lib/wait-view.ts'
import type { DecisionKind } from '#lib/workflow/state.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { findApproval } from './find.ts'
import { recordDecision } from './record-decision.ts'
import { statusOf } from './status.ts'

/** Approves, rejects or sends back. Who comes too late learns who decided and when. */
export async function decideApproval({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: { readonly id: string; readonly decision: DecisionKind; readonly body: z.input<typeof ApprovalDecide> }
}): Promise<ApprovalDecided> {
  const actor = authorise(ctx, 'approvals:decide')
  const { comment, approver = null } = parseInput(ApprovalDecide, input.body)
  const { db } = ctx.app.database
  const approval = await findApproval(db, input.id)
  await recordDecision(ctx, actor, approval, { decision: input.decision, comment, approver, generation: null })
  const { record, wait } = await findApproval(db, input.id)
  return { id: record.id, run_id: record.runId, status: statusOf(record), quorum: toQuorum(wait) }
}
