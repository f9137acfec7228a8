import { and, asc, eq, gt, like } from 'drizzle-orm'
import type { z } from 'zod'
import { runEvents } from '#drizzle/schema/index.ts'
import { type RunEvents, RunEventsQuery } from '#lib/contracts/run-events.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { findRun } from './find.ts'
import { toEventEntry } from './to-run.ts'

/** A page of what happened to a run, of one kind or of all. */
export async function listRunEvents({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: { readonly id: string; readonly query: z.input<typeof RunEventsQuery> }
}): Promise<RunEvents> {
  authorise(ctx, 'run:read')
  const { after, limit, kind } = parseInput(RunEventsQuery, input.query)
  const { db } = ctx.app.database
  const run = await findRun(db, input.id)
  const rows = await db
    .select()
    .from(runEvents)
    .where(
      and(
        eq(runEvents.runId, run.id),
        gt(runEvents.seq, after),
        kind === undefined ? undefined : like(runEvents.type, `${kind}.%`),
      ),
    )
    .orderBy(asc(runEvents.seq))
    .limit(limit)
  return { events: rows.map(toEventEntry), next: rows.length < limit ? null : (rows.at(-1)?.seq ?? null) }
}
