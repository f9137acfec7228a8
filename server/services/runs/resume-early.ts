import type { ResumeApproval, RunResume, RunResumed } from '#lib/contracts/run-acts.ts'
import { ScaffError } from '#lib/errors.ts'
import type { JsonObject } from '#lib/json.ts'
import { allSteps } from '#lib/workflow/definition.ts'
import type { Call, EarlySignal } from '#server/engine/port.ts'
import { decidedBy } from '../actors.ts'
import { requireOwnPlace } from '../approvals/record-decision.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { refusalError } from '../waits/refusals.ts'
import { findVersion } from '../workflows/find.ts'
import type { RunRecord } from './find.ts'
import { noSuchStep } from './unknown-step.ts'

type Answer = Pick<RunResume, 'inputs' | 'approvals'>

/**
 * Keeps an answer for a step that has not asked yet. Who may answer at all is judged now; whether the values fit and whether
 * this approver is asked can only be said when the step asks, and then stands in the history. `asks now`: it has begun to.
 */
export async function keepAnswer(
  ctx: ServiceContext,
  run: RunRecord,
  body: Answer,
  step: string,
): Promise<RunResumed | 'asks now'> {
  const { definition } = await findVersion(ctx.app.database.db, run.workflowId, run.workflowVersion)
  const steps = allSteps(definition.steps)
  const asked = steps.find(({ id }) => id === step)
  const type = asked && ctx.app.catalog.get(asked.type)
  const asking = steps.filter((each) => ctx.app.catalog.get(each.type)?.behavior === 'wait')
  if (type?.behavior !== 'wait') throw noSuchStep(step, asking, 'to answer')
  const entry = onlyEntry(body, step)
  if ((type.source === 'decision') !== (entry !== null)) {
    throw entry === null
      ? wrongKind('inputs', `The step ${step} asks for a decision. Send \`approvals\`.`)
      : wrongKind('approvals', `The step ${step} asks to fill in a form. Send \`inputs\`.`)
  }
  const answer = await signal(ctx, run, step, entry, body.inputs ?? {})
  if (answer.ok) return { run_id: answer.run_id, status: answer.status, kept: true }
  switch (answer.reason) {
    case 'wait_open':
      return 'asks now'
    case 'many_waits':
      throw asksForEach(step)
    case 'unknown_step':
      throw noSuchStep(step, asking, 'to answer')
    default:
      throw refusalError({ ...answer, reason: answer.reason === 'run_over' ? 'canceled' : answer.reason })
  }
}

function signal(
  ctx: ServiceContext,
  run: RunRecord,
  step: string,
  entry: ResumeApproval | null,
  values: JsonObject,
): ReturnType<typeof ctx.app.engine.signalEarly> {
  const actor = authorise(ctx, entry === null ? 'run:resume' : 'approvals:decide')
  const of = { run_id: run.id, step, by: decidedBy(actor) }
  const call = (action: string, said: JsonObject = {}): Call => ({
    actor,
    request_id: ctx.requestId,
    audit: { action, target: run.id, detail: { run_id: run.id, step_id: step, early: true, ...said } },
  })
  if (entry === null) return ctx.app.engine.signalEarly(call('form.submit'), { ...of, kind: 'form', values })
  const { approved, comment, approver = null } = entry
  requireOwnPlace(actor, approver)
  const decision = approved ? 'approve' : 'reject'
  const given: EarlySignal = {
    ...of,
    kind: 'approval',
    decision,
    comment,
    approver: actor.kind === 'apiKey' ? approver : null,
  }
  return ctx.app.engine.signalEarly(call(`approval.${decision}`, { comment, approver }), given)
}

/** One request keeps one decision: several could be kept by half. */
function onlyEntry({ approvals }: Answer, step: string): ResumeApproval | null {
  if (approvals === undefined) return null
  const [entry, another] = approvals
  if (!entry || another) {
    throw wrongKind('approvals', `The step ${step} has not asked yet. Send one decision in each request until it does.`)
  }
  if (entry.step_id !== step) {
    throw wrongKind('approvals[0].step_id', `This answers the step ${step}, not ${entry.step_id}.`)
  }
  return entry
}

export function asksForEach(step: string): ScaffError {
  return wrongKind('step', `The step ${step} asks once for each item of a list. Answer each by its \`resume_token\`.`)
}

export function wrongKind(path: string, message: string): ScaffError {
  return new ScaffError('request.invalid', message, { errors: [{ path, code: 'invalid', message }] })
}
