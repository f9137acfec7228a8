import { and, asc, desc, eq, gt, inArray, or } from 'drizzle-orm'
import { runEvents } from '#drizzle/schema/index.ts'
import type { RunEventEntry } from '#lib/contracts/run-events.ts'
import { liveHub } from '#server/live/hub.ts'
import { advance, formatPosition, MAX_MISSING, type Position, parsePosition } from '#server/live/position.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { findRun } from './find.ts'
import { toEventEntry } from './to-run.ts'

/** So many events are read at once. */
const BATCH = 200

/**
 * The events of one run after number `after` (null: from the first), then as they come, until the signal aborts. Throws
 * before it answers a generator when there is no such run or right.
 */
export async function followRun({
  ctx,
  input,
  signal,
}: {
  ctx: ServiceContext
  input: { readonly id: string; readonly after: number | null }
  signal: AbortSignal
}): Promise<AsyncGenerator<RunEventEntry, void, undefined>> {
  authorise(ctx, 'run:read')
  const run = await findRun(ctx.app.database.db, input.id)
  return eventsOf(ctx, run.id, input.after ?? 0, signal)
}

async function* eventsOf(
  ctx: ServiceContext,
  run_id: string,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<RunEventEntry, void, undefined> {
  const watch = liveHub(ctx.app).watch(run_id)
  let seq = after
  try {
    while (await watch.next(signal)) {
      for (;;) {
        const rows = await ctx.app.database.db
          .select()
          .from(runEvents)
          .where(and(eq(runEvents.runId, run_id), gt(runEvents.seq, seq)))
          .orderBy(asc(runEvents.seq))
          .limit(BATCH)
        for (const row of rows) {
          seq = row.seq
          yield toEventEntry(row)
        }
        if (rows.length < BATCH || signal.aborted) break
      }
    }
  } finally {
    watch.close()
  }
}

/**
 * The events of all runs the caller may see, `from` the position `after` (the id of an earlier event of this stream; null:
 * from now), each with the position to go on from.
 */
export async function followRuns({
  ctx,
  input,
  signal,
}: {
  ctx: ServiceContext
  input: { readonly after: string | null }
  signal: AbortSignal
}): Promise<{ from: Position; events: AsyncGenerator<{ event: RunEventEntry; position: Position }, void, undefined> }> {
  authorise(ctx, 'run:read')
  const from = (input.after === null ? null : parsePosition(input.after)) ?? (await newest(ctx))
  return { from, events: allEvents(ctx, from, signal) }
}

/** Where the stream of all runs is now: who reads a page and then follows from here misses nothing in between. */
export async function livePosition({ ctx }: { ctx: ServiceContext }): Promise<string> {
  authorise(ctx, 'run:read')
  return formatPosition(await newest(ctx))
}

/** With the ids of late that are not there (yet): their transactions may still be under way. */
async function newest(ctx: ServiceContext): Promise<Position> {
  const rows = await ctx.app.database.db
    .select({ id: runEvents.id })
    .from(runEvents)
    .orderBy(desc(runEvents.id))
    .limit(MAX_MISSING)
  const [first, ...later] = rows.map(({ id }) => id).reverse()
  if (first === undefined) return { last: 0, missing: [] }
  return later.reduce<Position>(advance, { last: first, missing: [] })
}

async function* allEvents(
  ctx: ServiceContext,
  from: Position,
  signal: AbortSignal,
): AsyncGenerator<{ event: RunEventEntry; position: Position }, void, undefined> {
  const watch = liveHub(ctx.app).watch(null)
  let position = from
  try {
    while (await watch.next(signal)) {
      for (;;) {
        const rows = await ctx.app.database.db
          .select()
          .from(runEvents)
          .where(or(gt(runEvents.id, position.last), inArray(runEvents.id, [...position.missing])))
          .orderBy(asc(runEvents.id))
          .limit(BATCH)
        for (const row of rows) {
          position = advance(position, row.id)
          yield { event: toEventEntry(row), position }
        }
        if (rows.length < BATCH || signal.aborted) break
      }
    }
  } finally {
    watch.close()
  }
}
