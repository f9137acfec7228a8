import { desc, isNull, sql } from 'drizzle-orm'
import { workflows } from '#drizzle/schema/index.ts'
import type { WorkflowTags } from '#lib/contracts/workflows.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'

const AT_MOST = 100

/** The tags of all workflows, with how many bear each: what a list can be narrowed down to. */
export async function listWorkflowTags({ ctx }: { ctx: ServiceContext }): Promise<WorkflowTags> {
  authorise(ctx, 'workflow:read')
  const tag = sql<string>`tag.name`
  const tags = await ctx.app.database.db
    .select({ tag, count: sql<number>`count(distinct ${workflows.id})::int` })
    .from(sql`${workflows}, jsonb_array_elements_text(${workflows.tags}) as tag (name)`)
    .where(isNull(workflows.deletedAt))
    .groupBy(tag)
    .orderBy(desc(sql`count(distinct ${workflows.id})`), tag)
    .limit(AT_MOST)
  return { tags }
}
