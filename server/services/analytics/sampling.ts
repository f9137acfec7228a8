import { and, count, eq } from 'drizzle-orm'
import { runs } from '#drizzle/schema/index.ts'
import type { ServiceContext } from '../context.ts'
import { type Range, runsIn } from './range.ts'

/** Up to this many completed runs are all looked at. */
const AT_MOST = 20_000

/** One in how many completed runs has its steps read: all of them, unless there are very many. */
export async function sampling(ctx: ServiceContext, range: Range): Promise<number> {
  const [row] = await ctx.app.database.db
    .select({ completed: count() })
    .from(runs)
    .where(and(runsIn(range), eq(runs.status, 'completed')))
  return Math.max(1, Math.ceil((row?.completed ?? 0) / AT_MOST))
}
