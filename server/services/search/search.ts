import { desc, eq, ilike, inArray, like, or, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { runs, workflows } from '#drizzle/schema/index.ts'
import { SearchQuery, type SearchResults } from '#lib/contracts/search.ts'
import { authorise, may } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { likePattern } from '../paging.ts'
import { parseInput } from '../parse.ts'

const AT_MOST = 8
/** Runs are found through their workflows, whose number stays small: their own names have no index. */
const WORKFLOWS_OF_RUNS = 50

/**
 * Workflows by name or tag, and runs by the beginning of their id or the name of their workflow; the newest first, at most
 * eight each. Of what the caller may not read there is nothing.
 */
export async function search({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: z.input<typeof SearchQuery>
}): Promise<SearchResults> {
  const actor = authorise(ctx, 'workflow:read', 'run:read')
  const q = parseInput(SearchQuery, input).q.trim()
  if (q === '') return { workflows: [], runs: [] }
  const found = await matchingWorkflows(ctx, q)
  return {
    workflows: may(actor, 'workflow:read')
      ? found
          .filter(({ deleted }) => !deleted)
          .slice(0, AT_MOST)
          .map(({ id, name, tags, enabled }) => ({ id, name, tags, enabled }))
      : [],
    runs: may(actor, 'run:read')
      ? await matchingRuns(
          ctx,
          q,
          found.map(({ id }) => id),
        )
      : [],
  }
}

function matchingWorkflows(ctx: ServiceContext, q: string) {
  const pattern = likePattern(q)
  return ctx.app.database.db
    .select({
      id: workflows.id,
      name: workflows.name,
      tags: workflows.tags,
      enabled: workflows.enabled,
      deleted: sql<boolean>`${workflows.deletedAt} is not null`,
    })
    .from(workflows)
    .where(
      or(
        ilike(workflows.name, pattern),
        eq(workflows.id, q),
        sql`exists (select from jsonb_array_elements_text(${workflows.tags}) tag where tag ilike ${pattern})`,
      ),
    )
    .orderBy(sql`${workflows.deletedAt} is not null`, desc(workflows.id))
    .limit(WORKFLOWS_OF_RUNS)
}

async function matchingRuns(ctx: ServiceContext, q: string, workflowIds: string[]): Promise<SearchResults['runs']> {
  const byId = /^run_[0-9a-z]+$/.test(q) ? like(runs.id, `${q.replace('_', '\\_')}%`) : undefined
  const byWorkflow = workflowIds.length > 0 ? inArray(runs.workflowId, workflowIds) : undefined
  if (!byId && !byWorkflow) return []
  const rows = await ctx.app.database.db
    .select({ id: runs.id, workflowName: runs.workflowName, status: runs.status, createdAt: runs.createdAt })
    .from(runs)
    .where(or(byId, byWorkflow))
    .orderBy(desc(runs.id))
    .limit(AT_MOST)
  return rows.map((row) => ({
    run_id: row.id,
    workflow_name: row.workflowName,
    status: row.status,
    started_at: row.createdAt.toISOString(),
  }))
}
