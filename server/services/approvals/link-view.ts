import { consequencesOf, silenceOf } from '#lib/consequences.ts'
import type { ApprovalLink } from '#lib/contracts/approvals.ts'
import type { LinkClaims } from '#lib/integrity/tokens.ts'
import { offeredChoices, toApprovers, toDecisions, toQuorum } from '#lib/wait-view.ts'
import { awaited } from '#lib/workflow/quorum.ts'
import type { ApprovalWaitState, Approver } from '#lib/workflow/state.ts'
import { starterOf } from '../actors.ts'
import { may } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { findVersion } from '../workflows/find.ts'
import { readPrevious } from './previous.ts'
import { readProvenance } from './provenance.ts'
import type { ApprovalRecord } from './view.ts'

type OpenLink = Extract<ApprovalLink, { state: 'open' }>

/** What a link that is ours shows: the question, or why it is none any more. */
export async function toApprovalLink(
  ctx: ServiceContext,
  approval: ApprovalRecord,
  { place, generation }: LinkClaims,
): Promise<ApprovalLink> {
  const { record, wait, opening } = approval
  const { title } = opening
  // A link says nothing of the run it belongs to; an account may.
  const run_id = may(ctx.actor, 'run:read') ? record.runId : null
  if (record.outcome !== null) return closedLink(approval, run_id)
  const approver = wait.approvers.find((a) => a.id === place)
  if (generation !== wait.generation || !approver) return { state: 'reassigned', title }
  const own = wait.decisions.find((d) => d.approver === place)
  if (own) {
    const { by, at, decision, comment } = own
    return { state: 'decided', title, outcome: 'pending', by: by.label, at, decision, comment, run_id }
  }
  const turn = awaited(wait)
  if (!turn.some((a) => a.id === place)) {
    return { state: 'not_your_turn', title, waiting_for: turn[0]?.email ?? 'somebody else' }
  }
  return openLink(ctx, approval, approver)
}

function closedLink({ record, wait, opening: { title } }: ApprovalRecord, run_id: string | null): ApprovalLink {
  const at = (record.closedAt ?? record.openedAt).toISOString()
  if (record.outcome === 'expired') return { state: 'expired', title, at }
  const last = wait.decisions.at(-1)
  if (!last || record.outcome === 'canceled') return { state: 'canceled', title, at }
  const outcome = record.outcome === 'approved' || record.outcome === 'revised' ? record.outcome : 'rejected'
  return {
    state: 'decided',
    title,
    outcome,
    by: last.by.label,
    at: last.at,
    decision: last.decision,
    comment: last.comment,
    run_id,
  }
}

async function openLink(
  ctx: ServiceContext,
  { record, wait, opening, run }: ApprovalRecord,
  approver: Approver,
): Promise<OpenLink> {
  const { definition } = await findVersion(ctx.app.database.db, run.workflowId, run.workflowVersion)
  const choices = isOwnRequest(wait, approver, run.profile) ? [] : offeredChoices(wait)
  return {
    state: 'open',
    approval_id: record.id,
    title: opening.title,
    message: opening.message,
    show: opening.show,
    provenance: await readProvenance(ctx, record.runId, opening.show),
    workflow_name: run.workflowName,
    requested_by: starterOf(run.profile),
    approver: approver.email,
    choices,
    consequences: consequencesOf(choices, wait, definition.steps),
    silence: silenceOf(wait, definition.steps),
    confirm: opening.confirm,
    quorum: toQuorum(wait),
    approvers: toApprovers(wait, true),
    decisions: toDecisions(wait),
    previous: await readPrevious(ctx, record),
    opened_at: record.openedAt.toISOString(),
    expires_at: record.expiresAt?.toISOString() ?? null,
  }
}

function isOwnRequest(wait: ApprovalWaitState, approver: Approver, profile: ApprovalRecord['run']['profile']): boolean {
  if (wait.terms.self_approval) return false
  if (profile.user_id !== null && approver.user_id === profile.user_id) return true
  return profile.user_email?.toLowerCase() === approver.email.toLowerCase()
}
