import { consequencesOf, silenceOf } from '#lib/consequences.ts'
import type { Approval, ApprovalRow } from '#lib/contracts/approvals.ts'
import { offeredChoices, toApprovers, toDecisions, toQuorum } from '#lib/wait-view.ts'
import type { ApprovalOpening } from '#lib/workflow/catalog.ts'
import { awaited } from '#lib/workflow/quorum.ts'
import type { ApprovalWaitState } from '#lib/workflow/state.ts'
import type { Actor } from '#server/engine/port.ts'
import { starterOf } from '../actors.ts'
import { may } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import type { WaitRecord, WaitRun, WaitWithRun } from '../waits/find.ts'
import { findVersion } from '../workflows/find.ts'
import { readPrevious } from './previous.ts'
import { readProvenance } from './provenance.ts'
import { statusOf } from './status.ts'

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
    excerpt: excerptOf(opening),
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

const EXCERPT = 160

function excerptOf(opening: ApprovalOpening): string {
  const shown = Object.values(opening.show).find((value) => typeof value === 'string' || typeof value === 'number')
  const text = opening.message.trim() === '' ? String(shown ?? '') : opening.message
  const line = text.replaceAll(/\s+/g, ' ').trim()
  const letters = [...line]
  return letters.length > EXCERPT ? `${letters.slice(0, EXCERPT).join('')}…` : line
}

export async function toApproval(ctx: ServiceContext, approval: ApprovalRecord): Promise<Approval> {
  const { record, wait, opening, run } = approval
  const row = toApprovalRow(ctx, approval)
  const open = record.outcome === null
  const decides = row.mine || (ctx.actor?.kind === 'apiKey' && may(ctx.actor, 'approvals:decide'))
  const offered = offeredChoices(wait)
  const [provenance, previous, { definition }] = await Promise.all([
    readProvenance(ctx, record.runId, opening.show),
    readPrevious(ctx, record),
    findVersion(ctx.app.database.db, run.workflowId, run.workflowVersion),
  ])
  return {
    ...row,
    message: opening.message,
    show: opening.show,
    provenance,
    digest: wait.digest,
    confirm: opening.confirm,
    choices: open && decides ? offered : [],
    consequences: open ? consequencesOf(offered, wait, definition.steps) : {},
    silence: open ? silenceOf(wait, definition.steps) : null,
    decisions: toDecisions(wait),
    previous,
    reassignable: open ? reassignable(ctx.actor, wait) : [],
  }
}

/** Places that are still open and that the reader may give away: their own, or any with the right to reassign. */
function reassignable(actor: Actor | null, wait: ApprovalWaitState): string[] {
  const any = may(actor, 'approvals:reassign')
  if (!any && !may(actor, 'approvals:decide')) return []
  return wait.approvers
    .filter((place) => !wait.decisions.some((decision) => decision.approver === place.id))
    .filter((place) => any || (actor?.kind === 'user' && place.email.toLowerCase() === actor.email.toLowerCase()))
    .map((place) => place.email)
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
