import { asc, eq } from 'drizzle-orm'
import { aiCalls, runEvents, runSteps } from '#drizzle/schema/index.ts'
import type { RunHistory } from '#lib/contracts/runs.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { attemptKey, group, readDecisions, stepWaitKey, toAiCall, toHistoryStep } from './attempts.ts'
import { findRun } from './find.ts'
import { toEventEntry } from './to-run.ts'

/** Everything that happened: every attempt in the order in which it began, and the events. */
export async function getRunHistory({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: { readonly id: string }
}): Promise<RunHistory> {
  authorise(ctx, 'run:read')
  const run = await findRun(ctx.app.database.db, input.id)
  return readHistory(ctx, run.id)
}

export async function readHistory(ctx: ServiceContext, run_id: string): Promise<RunHistory> {
  const { db } = ctx.app.database
  const [steps, events, calls, decisions] = await Promise.all([
    db.select().from(runSteps).where(eq(runSteps.runId, run_id)).orderBy(asc(runSteps.startedAt), asc(runSteps.seq)),
    db.select().from(runEvents).where(eq(runEvents.runId, run_id)).orderBy(asc(runEvents.seq)),
    db.select().from(aiCalls).where(eq(aiCalls.runId, run_id)).orderBy(asc(aiCalls.at), asc(aiCalls.position)),
    readDecisions(db, run_id),
  ])
  const callsOf = group(calls, attemptKey)
  return {
    steps: steps.map((row) =>
      toHistoryStep(row, (callsOf.get(attemptKey(row)) ?? []).map(toAiCall), decisions.get(stepWaitKey(row)) ?? []),
    ),
    events: events.map(toEventEntry),
  }
}
