import { and, asc, eq } from 'drizzle-orm'
import type { z } from 'zod'
import { aiCalls, runSteps } from '#drizzle/schema/index.ts'
import { AttemptRef, type HistoryStep } from '#lib/contracts/run-steps.ts'
import { ScaffError } from '#lib/errors.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { readDecisions, stepWaitKey, toAiCall, toHistoryStep } from './attempts.ts'
import { findRun } from './find.ts'

/** One attempt with all that belongs to it: input, output, calls to a model, decisions. */
export async function getRunStep({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: { readonly id: string; readonly attempt: z.input<typeof AttemptRef> }
}): Promise<HistoryStep> {
  authorise(ctx, 'run:read')
  const { step_id, path, visit, attempt, epoch } = parseInput(AttemptRef, input.attempt)
  const { db } = ctx.app.database
  const run = await findRun(db, input.id)
  const of = <T extends typeof runSteps | typeof aiCalls>(table: T) =>
    and(
      eq(table.runId, run.id),
      eq(table.epoch, epoch),
      eq(table.path, path),
      eq(table.stepId, step_id),
      eq(table.visit, visit),
      eq(table.attempt, attempt),
    )
  const [[row], calls, decisions] = await Promise.all([
    db.select().from(runSteps).where(of(runSteps)),
    db.select().from(aiCalls).where(of(aiCalls)).orderBy(asc(aiCalls.position)),
    readDecisions(db, run.id),
  ])
  if (!row) throw new ScaffError('run.unknown_step', 'The run has no such attempt. Its history names those it has.')
  return toHistoryStep(row, calls.map(toAiCall), decisions.get(stepWaitKey(row)) ?? [])
}
