import type { z } from 'zod'
import { type RunAccepted, RunRetry } from '#lib/contracts/run-acts.ts'
import { ScaffError } from '#lib/errors.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { findVersion } from '../workflows/find.ts'
import { findRun } from './find.ts'
import { startInputs } from './inputs.ts'
import { noStepToRetryFrom } from './unknown-step.ts'

/** Takes a failed or canceled run up again, where it stopped or at the step given; good steps and decisions are kept. */
export async function retryRun({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: { readonly id: string; readonly body: z.input<typeof RunRetry> }
}): Promise<RunAccepted> {
  const actor = authorise(ctx, 'run:retry')
  const { from_step = null, inputs } = parseInput(RunRetry, input.body)
  const { db } = ctx.app.database
  const run = await findRun(db, input.id)
  const { definition } = await findVersion(db, run.workflowId, run.workflowVersion)
  const edited = inputs === undefined ? null : await startInputs(ctx, definition, { ...run.inputs, ...inputs })
  const answer = await ctx.app.engine.retry(
    { actor, request_id: ctx.requestId, audit: { action: 'run.retry', target: run.id, detail: { from_step } } },
    { run_id: run.id, from_step, inputs: edited },
  )
  if (answer.ok) return { run_id: answer.run_id, status: answer.status }
  if (answer.reason === 'unknown_step') throw noStepToRetryFrom(definition, from_step)
  throw new ScaffError(
    'run.wrong_state',
    `The run is ${answer.status}; only a failed or canceled one can be retried. Start a new run instead.`,
  )
}
