import type { z } from 'zod'
import { type RunAccepted, RunCancel } from '#lib/contracts/run-acts.ts'
import { ScaffError } from '#lib/errors.ts'
import { labelOf } from '../actors.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { findRun } from './find.ts'

/** Ends a run: nothing new begins after this is answered. One that is canceled already is answered the same. */
export async function cancelRun({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: { readonly id: string; readonly body: z.input<typeof RunCancel> }
}): Promise<RunAccepted> {
  const actor = authorise(ctx, 'run:cancel')
  const { reason } = parseInput(RunCancel, input.body)
  const run = await findRun(ctx.app.database.db, input.id)
  const why = reason?.trim() || `Canceled by ${labelOf(actor)}.`
  const answer = await ctx.app.engine.cancel(
    { actor, request_id: ctx.requestId, audit: { action: 'run.cancel', target: run.id, detail: { reason: why } } },
    { run_id: run.id, reason: why },
  )
  if (answer.ok) return { run_id: answer.run_id, status: answer.status }
  if (answer.status === 'canceled') return { run_id: run.id, status: 'canceled' }
  throw new ScaffError('run.wrong_state', `The run is ${answer.status ?? 'over'} already; there is nothing to cancel.`)
}
