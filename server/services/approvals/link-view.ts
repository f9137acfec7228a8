import type { ApprovalLink } from '#lib/contracts/approvals.ts'
import type { LinkClaims } from '#lib/integrity/tokens.ts'
import type { WorkflowDefinition } from '#lib/workflow/definition.ts'
import { awaited } from '#lib/workflow/quorum.ts'
import type { ApprovalWaitState, Approver, DecisionKind } from '#lib/workflow/state.ts'
import { starterOf } from '../actors.ts'
import type { ServiceContext } from '../context.ts'
import { toDecisions, toQuorum } from '../waits/approval-view.ts'
import { findVersion } from '../workflows/find.ts'
import { readProvenance } from './provenance.ts'
import { type ApprovalRecord, offeredChoices } from './view.ts'

type OpenLink = Extract<ApprovalLink, { state: 'open' }>

/** What a link that is ours shows: the question, or why it is none any more. */
export async function toApprovalLink(
  ctx: ServiceContext,
  approval: ApprovalRecord,
  { place, generation }: LinkClaims,
): Promise<ApprovalLink> {
  const { record, wait, opening } = approval
  const { title } = opening
  if (record.outcome !== null) return closedLink(approval)
  const approver = wait.approvers.find((a) => a.id === place)
  if (generation !== wait.generation || !approver) return { state: 'reassigned', title }
  const own = wait.decisions.find((d) => d.approver === place)
  if (own) {
    const { by, at, decision, comment } = own
    return { state: 'decided', title, outcome: 'pending', by: by.label, at, decision, comment }
  }
  const turn = awaited(wait)
  if (!turn.some((a) => a.id === place)) {
    return { state: 'not_your_turn', title, waiting_for: turn[0]?.email ?? 'somebody else' }
  }
  return openLink(ctx, approval, approver)
}

function closedLink({ record, wait, opening: { title } }: ApprovalRecord): ApprovalLink {
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
    consequences: Object.fromEntries(choices.map((choice) => [choice, consequence(choice, wait, definition)])),
    confirm: opening.confirm,
    quorum: toQuorum(wait),
    decisions: toDecisions(wait),
    opened_at: record.openedAt.toISOString(),
    expires_at: record.expiresAt?.toISOString() ?? null,
  }
}

function isOwnRequest(wait: ApprovalWaitState, approver: Approver, profile: ApprovalRecord['run']['profile']): boolean {
  if (wait.terms.self_approval) return false
  if (profile.user_id !== null && approver.user_id === profile.user_id) return true
  return profile.user_email?.toLowerCase() === approver.email.toLowerCase()
}

/** What a choice leads to, in a sentence: read before it is confirmed. */
function consequence(choice: DecisionKind, wait: ApprovalWaitState, definition: WorkflowDefinition): string {
  const nameOf = (id: string) => {
    const step = definition.steps.find((s) => s.id === id)
    return `“${step?.name ?? id}”`
  }
  if (choice === 'revise') {
    return `It goes back to ${nameOf(wait.terms.on_revise?.to ?? wait.step)} with your comment, and is put to you again.`
  }
  if (choice === 'reject') {
    const to = wait.terms.on_reject
    const then =
      to === null ? 'The run ends as failed, with your comment as the reason.' : `The run goes on with ${nameOf(to)}.`
    return toQuorum(wait).total > 1 && typeof wait.policy === 'object'
      ? `Once it can no longer be approved: ${then}`
      : then
  }
  const { needed, approved } = toQuorum(wait)
  const missing = needed - approved
  const next = definition.steps.find((s) => s.id === wait.step)?.next ?? null
  const then = next === null ? 'the run ends as completed' : `the run goes on with ${nameOf(next)}`
  return missing > 1 ? `After ${missing - 1} more, ${then}.` : `${then.charAt(0).toUpperCase()}${then.slice(1)}.`
}
