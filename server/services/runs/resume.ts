import type { z } from 'zod'
import { type RunAccepted, RunResume, type RunResumed } from '#lib/contracts/run-acts.ts'
import { ScaffError } from '#lib/errors.ts'
import { recordDecision } from '../approvals/record-decision.ts'
import { checkSequence } from '../approvals/sequence.ts'
import { type ApprovalRecord, asApproval } from '../approvals/view.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { recordForm } from '../forms/record-form.ts'
import { parseInput } from '../parse.ts'
import { closedError } from '../waits/closed.ts'
import { findWait, openWaits, type WaitWithRun } from '../waits/find.ts'
import { readResumeToken } from '../waits/resume-token.ts'
import { findRun, type RunRecord } from './find.ts'
import { asksForEach, keepAnswer, wrongKind } from './resume-early.ts'

/**
 * Answers a wait by its token or by the name of its step: a form with `inputs`, an approval with `approvals`. Invalid input
 * leaves the wait open. Of several answers at once one is taken, and the others are told who was first. What names a step that
 * has not asked yet is kept until it does.
 */
export async function resumeRun({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: { readonly id: string; readonly body: z.input<typeof RunResume> }
}): Promise<RunResumed> {
  authorise(ctx, 'run:resume', 'approvals:decide')
  const body = parseInput(RunResume, input.body)
  const run = await findRun(ctx.app.database.db, input.id)
  if (body.step !== undefined) return resumeStep(ctx, run, body, body.step)
  const token = await readResumeToken(ctx, body.resume_token ?? '')
  const found = await findWait(ctx.app.database.db, token.wait_id)
  if (found?.run.id !== run.id) {
    throw new ScaffError('resume.token_invalid', 'This token belongs to another run. Read this one for its own token.')
  }
  if (found.wait.outcome !== null) throw closedError(found.wait)
  return answer(ctx, found, body, token.generation)
}

/** By the name of the step. A wait that opens between the look and the answer is looked for again. */
async function resumeStep(ctx: ServiceContext, run: RunRecord, body: RunResume, step: string): Promise<RunResumed> {
  for (;;) {
    const [wait, another] = (await openWaits(ctx.app.database.db, run.id)).filter((open) => open.stepId === step)
    if (another) throw asksForEach(step)
    const found = wait && (await findWait(ctx.app.database.db, wait.id))
    if (found) return answer(ctx, found, body, found.wait.wait.generation)
    const kept = await keepAnswer(ctx, run, body, step)
    if (kept !== 'asks now') return kept
  }
}

function answer(
  ctx: ServiceContext,
  found: WaitWithRun,
  { inputs = {}, approvals }: RunResume,
  generation: number,
): Promise<RunAccepted> {
  return approvals === undefined ? submit(ctx, found, inputs, generation) : decide(ctx, found, approvals, generation)
}

async function submit(
  ctx: ServiceContext,
  found: WaitWithRun,
  values: NonNullable<RunResume['inputs']>,
  generation: number,
): Promise<RunAccepted> {
  const actor = authorise(ctx, 'run:resume')
  if (found.wait.kind !== 'form') throw wrongKind('inputs', 'The run waits for a decision. Send `approvals`.')
  const { status, problems } = await recordForm(ctx, actor, found, { values, generation })
  if (status !== null) return { run_id: found.run.id, status }
  const first = problems[0]
  throw new ScaffError(
    'form.invalid',
    `The form has errors: ${first?.path ? `${first.path}: ` : ''}${first?.message ?? ''}`,
    {
      errors: problems.map((problem) => ({ ...problem, path: problem.path ? `inputs.${problem.path}` : 'inputs' })),
    },
  )
}

async function decide(
  ctx: ServiceContext,
  found: WaitWithRun,
  entries: NonNullable<RunResume['approvals']>,
  generation: number,
): Promise<RunAccepted> {
  const actor = authorise(ctx, 'approvals:decide')
  const approval = asApproval(found)
  if (!approval) throw wrongKind('approvals', 'The run waits for a form. Send `inputs`.')
  entries.forEach((entry, i) => {
    if (entry.step_id !== found.wait.stepId) {
      throw wrongKind(`approvals[${i}].step_id`, `This answers the step ${found.wait.stepId}, not ${entry.step_id}.`)
    }
  })
  checkSequence(approval.wait, entries)
  return recordAll(ctx, actor, approval, entries, generation)
}

async function recordAll(
  ctx: ServiceContext,
  actor: ReturnType<typeof authorise>,
  approval: ApprovalRecord,
  entries: NonNullable<RunResume['approvals']>,
  generation: number,
): Promise<RunAccepted> {
  let accepted: RunAccepted = { run_id: approval.run.id, status: 'waiting' }
  for (const { approved, comment, approver = null } of entries) {
    const decision = approved ? 'approve' : 'reject'
    const { run_id, status } = await recordDecision(ctx, actor, approval, { decision, comment, approver, generation })
    accepted = { run_id, status }
  }
  return accepted
}
