import type { Approval, ApprovalRow, ApprovalStatus } from '#lib/contracts/approvals.ts'
import { shownOf } from '#lib/shown.ts'
import { offeredChoices, toApprovers, toDecisions, toQuorum } from '#lib/wait-view.ts'
import type { ApprovalOpening } from '#lib/workflow/catalog.ts'
import { awaited } from '#lib/workflow/quorum.ts'
import type { ApprovalWaitState } from '#lib/workflow/state.ts'
import type { Actor } from '#server/engine/port.ts'
import { starterOf } from '../actors.ts'
import { may } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import type { WaitRecord, WaitRun, WaitWithRun } from '../waits/find.ts'
import { readProvenance } from './provenance.ts'

/** An approval whose parts are known to be an approval's. */
export interface ApprovalRecord {
  readonly record: WaitRecord
  readonly wait: ApprovalWaitState
  readonly opening: ApprovalOpening
  readonly run: WaitRun
}

/** null for a wait of another kind. */
export function asApproval({ wait: record, run }: WaitWithRun): ApprovalRecord | null {
  const { wait, opening } = record
  return wait.kind === 'approval' && opening.kind === 'approval' ? { record, wait, opening, run } : null
}

export function toApprovalRow(ctx: ServiceContext, { record, wait, opening, run }: ApprovalRecord): ApprovalRow {
  const open = record.outcome === null
  return {
    id: record.id,
    run_id: record.runId,
    step_id: record.stepId,
    workflow_id: run.workflowId,
    workflow_name: run.workflowName,
    title: opening.title,
    status: statusOf(record),
    priority: opening.priority,
    requested_by: starterOf(run.profile),
    quorum: toQuorum(wait),
    approvers: toApprovers(wait, open),
    opened_at: record.openedAt.toISOString(),
    expires_at: record.expiresAt?.toISOString() ?? null,
    mine: open && isAwaited(ctx.actor, wait, run) && may(ctx.actor, 'approvals:decide'),
    decided: record.closedAt === null ? null : { by: record.closedBy, at: record.closedAt.toISOString() },
  }
}

export async function toApproval(ctx: ServiceContext, approval: ApprovalRecord): Promise<Approval> {
  const { record, wait, opening } = approval
  const row = toApprovalRow(ctx, approval)
  const decides = row.mine || (ctx.actor?.kind === 'apiKey' && may(ctx.actor, 'approvals:decide'))
  return {
    ...row,
    message: opening.message,
    show: shownOf(opening),
    provenance: await readProvenance(ctx, record.runId, opening.show),
    digest: wait.digest,
    confirm: opening.confirm,
    choices: record.outcome === null && decides ? offeredChoices(wait) : [],
    decisions: toDecisions(wait),
  }
}

export function statusOf({ outcome }: Pick<WaitRecord, 'outcome'>): ApprovalStatus {
  switch (outcome) {
    case null:
      return 'pending'
    case 'approved':
    case 'rejected':
    case 'revised':
    case 'expired':
      return outcome
    default:
      return 'canceled'
  }
}

/** Whether a person's own decision is what the approval waits for now. */
function isAwaited(actor: Actor | null, wait: ApprovalWaitState, run: WaitRun): boolean {
  if (actor?.kind !== 'user') return false
  const email = actor.email.toLowerCase()
  const own = awaited(wait).some((a) => a.user_id === actor.id || a.email.toLowerCase() === email)
  const { user_id, user_email } = run.profile
  const starter = user_id === actor.id || user_email?.toLowerCase() === email
  return own && (wait.terms.self_approval || !starter)
}
