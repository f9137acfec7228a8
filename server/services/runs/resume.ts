import type { z } from 'zod'
import { type RunAccepted, RunResume } from '#lib/contracts/run-acts.ts'
import { ScaffError } from '#lib/errors.ts'
import { recordDecision } from '../approvals/record-decision.ts'
import { checkSequence } from '../approvals/sequence.ts'
import { type ApprovalRecord, asApproval } from '../approvals/view.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { recordForm } from '../forms/record-form.ts'
import { parseInput } from '../parse.ts'
import { closedError } from '../waits/closed.ts'
import { findWait, type WaitWithRun } from '../waits/find.ts'
import { readResumeToken } from '../waits/resume-token.ts'
import { findRun } from './find.ts'

/**
 * Answers a wait by its token: a form with `inputs`, an approval with `approvals`. Invalid input leaves the wait open. Of
 * several answers at once one is taken, and the others are told who was first.
 */
export async function resumeRun({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: { readonly id: string; readonly body: z.input<typeof RunResume> }
}): Promise<RunAccepted> {
  authorise(ctx, 'run:resume', 'approvals:decide')
  const body = parseInput(RunResume, input.body)
  const run = await findRun(ctx.app.database.db, input.id)
  const token = await readResumeToken(ctx, body.resume_token)
  const found = await findWait(ctx.app.database.db, token.wait_id)
  if (found?.run.id !== run.id) {
    throw new ScaffError('resume.token_invalid', 'This token belongs to another run. Read this one for its own token.')
  }
  if (found.wait.outcome !== null) throw closedError(found.wait)
  return body.approvals === undefined
    ? submit(ctx, found, body.inputs ?? {}, token.generation)
    : decide(ctx, found, body.approvals, token.generation)
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
      throw wrongKind(
        `approvals[${i}].step_id`,
        `The token is for the step ${found.wait.stepId}, not ${entry.step_id}.`,
      )
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

function wrongKind(path: string, message: string): ScaffError {
  return new ScaffError('request.invalid', message, { errors: [{ path, code: 'invalid', message }] })
}
