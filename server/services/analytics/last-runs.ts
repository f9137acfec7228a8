import { inArray } from 'drizzle-orm'
import { runs } from '#drizzle/schema/index.ts'
import type { ServiceContext } from '../context.ts'

/** The runs that groups name as their `last`, by id: a name or a sentence is read once and not in the grouping. */
export async function lastRunsOf(ctx: ServiceContext, groups: readonly { readonly last: string | null }[]) {
  const ids = groups.flatMap(({ last }) => last ?? [])
  const { id, workflowName, error, createdAt, endedAt } = runs
  const rows =
    ids.length === 0
      ? []
      : await ctx.app.database.db
          .select({ id, workflowName, error, createdAt, endedAt })
          .from(runs)
          .where(inArray(runs.id, ids))
  return new Map(rows.map((row) => [row.id, row]))
}
