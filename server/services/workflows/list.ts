import { and, desc, eq, ilike, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { runs, workflows } from '#drizzle/schema/index.ts'
import { type WorkflowList, WorkflowListQuery } from '#lib/contracts/workflows.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { decodeCursor, likePattern, page } from '../paging.ts'
import { parseInput } from '../parse.ts'

/** Workflows, the newest first. */
export async function listWorkflows({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: z.input<typeof WorkflowListQuery>
}): Promise<WorkflowList> {
  authorise(ctx, 'workflow:read')
  const { q, tag, enabled, limit, cursor } = parseInput(WorkflowListQuery, input)
  const after = cursor === undefined ? null : decodeCursor(cursor, ['string'])[0]
  const found = await ctx.app.database.db
    .select()
    .from(workflows)
    .where(
      and(
        isNull(workflows.deletedAt),
        q ? or(ilike(workflows.name, likePattern(q)), ilike(workflows.description, likePattern(q))) : undefined,
        tag === undefined ? undefined : sql`${workflows.tags} @> ${JSON.stringify([tag])}::jsonb`,
        enabled === undefined ? undefined : eq(workflows.enabled, enabled),
        after === null ? undefined : lt(workflows.id, after),
      ),
    )
    .orderBy(desc(workflows.id))
    .limit(limit + 1)
  const { rows, next_cursor } = page(found, limit, (row) => [row.id])
  const last = await lastRuns(
    ctx,
    rows.map((row) => row.id),
  )
  return {
    next_cursor,
    workflows: rows.map((row) => ({
      id: row.id,
      name: row.name,
      description: row.description,
      tags: row.tags,
      version: row.version,
      enabled: row.enabled,
      created_at: row.createdAt.toISOString(),
      updated_at: row.updatedAt.toISOString(),
      last_run: last.get(row.id) ?? null,
    })),
  }
}

async function lastRuns(ctx: ServiceContext, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, NonNullable<WorkflowList['workflows'][number]['last_run']>>()
  const found = await ctx.app.database.db
    .selectDistinctOn([runs.workflowId], {
      workflowId: runs.workflowId,
      run_id: runs.id,
      status: runs.status,
      createdAt: runs.createdAt,
    })
    .from(runs)
    .where(inArray(runs.workflowId, [...ids]))
    .orderBy(runs.workflowId, desc(runs.id))
  return new Map(
    found.map(({ workflowId, run_id, status, createdAt }) => [
      workflowId,
      { run_id, status, started_at: createdAt.toISOString() },
    ]),
  )
}
