import type { z } from 'zod'
import { RunFork, type RunStarted } from '#lib/contracts/run-acts.ts'
import { profileOf } from '../actors.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { findVersion, findWorkflow } from '../workflows/find.ts'
import { concurrencyOf } from './concurrency.ts'
import { findEarlier, keyReused, started } from './earlier.ts'
import { findRun } from './find.ts'
import { forkIdempotency, startKey } from './idempotency.ts'
import { startInputs } from './inputs.ts'
import { requireQuota } from './quota.ts'
import { requireSettings } from './requirements.ts'
import { requireEnabled } from './start.ts'
import { noStepToForkFrom } from './unknown-step.ts'

/**
 * Starts another run from a step of this one, with what the steps before it produced. It is a start like any other: what
 * refuses one refuses this. The run it branches off goes on as if nothing had happened.
 */
export async function forkRun({
  ctx,
  input,
}: {
  ctx: ServiceContext
  /** `key` is the header `Idempotency-Key`. */
  input: { readonly id: string; readonly body: z.input<typeof RunFork>; readonly key: string | null }
}): Promise<RunStarted> {
  const actor = authorise(ctx, 'run:start')
  const { from_step, inputs } = parseInput(RunFork, input.body)
  const { db } = ctx.app.database
  const run = await findRun(db, input.id)
  const idempotency = forkIdempotency(startKey(undefined, input.key), run.id, { from_step, inputs })
  const earlier = idempotency && (await findEarlier(ctx, run.workflowId, idempotency))
  if (earlier) return earlier
  requireEnabled(await findWorkflow(db, run.workflowId))
  const { definition } = await findVersion(db, run.workflowId, run.workflowVersion)
  await requireSettings(ctx, definition)
  const edited = inputs === undefined ? null : await startInputs(ctx, definition, { ...run.inputs, ...inputs })
  const profile = profileOf(actor)
  const beginning = { workflow_id: run.workflowId, inputs: edited ?? run.inputs, static: run.static, profile }
  const turns = concurrencyOf(definition, beginning, ctx.app.clock.now().toISOString())
  await requireQuota(ctx, actor)
  const answer = await ctx.app.engine.fork(
    {
      actor,
      request_id: ctx.requestId,
      audit: { action: 'run.fork', target: 'run:new', detail: { forked_from: run.id, from_step } },
    },
    { run_id: run.id, from_step, inputs: edited, profile, idempotency, ...turns },
  )
  if (answer.ok) return started(answer)
  throw answer.reason === 'key_reused' ? keyReused() : noStepToForkFrom(definition, from_step)
}
