import { ScaffError } from '#lib/errors.ts'
import type { DecisionKind } from '#lib/workflow/state.ts'
import type { Actor, SignalAnswer } from '#server/engine/port.ts'
import { decidedBy } from '../actors.ts'
import type { ServiceContext } from '../context.ts'
import { refusalError } from '../waits/refusals.ts'
import type { ApprovalRecord } from './view.ts'

export interface DecisionInput {
  readonly decision: DecisionKind
  readonly comment: string
  /** On whose behalf a key decides, by address; null: the actor's own place, or the only one that is open. */
  readonly approver: string | null
  /** The round a token or link was made for; null: whichever is open. */
  readonly generation: number | null
}

/**
 * Hands a decision to the engine, which alone judges whose it is and who was first. People decide in their own place
 * only; a key decides on behalf of an approver and stays named as the key.
 */
export async function recordDecision(
  ctx: ServiceContext,
  actor: Actor,
  { record, run, opening }: Pick<ApprovalRecord, 'record' | 'run' | 'opening'>,
  { decision, comment, approver, generation }: DecisionInput,
): Promise<Extract<SignalAnswer, { ok: true }>> {
  requireOwnPlace(actor, approver)
  if (decision === 'revise' && comment.trim() === '') {
    const message = 'Say in the comment what should be changed: it goes back into the step.'
    throw new ScaffError('request.invalid', message, { errors: [{ path: 'comment', code: 'required', message }] })
  }
  const answer = await ctx.app.engine.signal(
    {
      actor,
      request_id: ctx.requestId,
      audit: {
        action: `approval.${decision}`,
        target: record.id,
        detail: { run_id: run.id, step_id: record.stepId, title: opening.title, comment, approver },
      },
    },
    {
      kind: 'approval',
      run_id: run.id,
      wait_id: record.id,
      generation,
      by: decidedBy(actor),
      decision,
      comment,
      approver: actor.kind === 'apiKey' ? approver : null,
    },
  )
  if (!answer.ok) throw refusalError(answer)
  return answer
}

/** People decide in their own place only, whatever `approver` they name. */
export function requireOwnPlace(actor: Actor, approver: string | null): void {
  if (actor.kind !== 'user' || approver === null || approver.toLowerCase() === actor.email.toLowerCase()) return
  throw new ScaffError('approval.not_allowed', 'You decide in your own place only. Leave `approver` out.')
}
