import { and, asc, desc, eq, ilike, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { runs, workflows } from '#drizzle/schema/index.ts'
import { AskedInstant } from '#lib/contracts/common.ts'
import { type WorkflowList, WorkflowListQuery } from '#lib/contracts/workflows.ts'
import type { RunStatus } from '#lib/workflow/state.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { decodeCursor, likePattern, page } from '../paging.ts'
import { parseInput } from '../parse.ts'
import type { WorkflowRecord } from './find.ts'

/** How many of a workflow's last runs a row tells of. */
const RECENT = 10

interface Order {
  readonly by: readonly SQL[]
  /** Rows behind the one that a cursor names. */
  readonly beyond: (key: string, id: string) => SQL
  readonly keyOf: (row: WorkflowRecord) => string
}

const lowerName = sql`lower(${workflows.name})`

const ORDERS: Readonly<Record<z.output<typeof WorkflowListQuery>['sort'], Order>> = {
  created: {
    by: [desc(workflows.id)],
    beyond: (_, id) => sql`${workflows.id} < ${id}`,
    keyOf: () => '',
  },
  updated: {
    by: [desc(workflows.updatedAt), desc(workflows.id)],
    beyond: (key, id) => sql`(${workflows.updatedAt}, ${workflows.id}) < (${instant(key)}::timestamptz, ${id})`,
    keyOf: (row) => row.updatedAt.toISOString(),
  },
  name: {
    by: [asc(lowerName), asc(workflows.id)],
    beyond: (key, id) => sql`(${lowerName}, ${workflows.id}) > (lower(${key}), ${id})`,
    keyOf: (row) => row.name,
  },
}

/** Workflows, sorted and narrowed down as asked, with how their last runs stand. */
export async function listWorkflows({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: z.input<typeof WorkflowListQuery>
}): Promise<WorkflowList> {
  authorise(ctx, 'workflow:read')
  const { q, tag, enabled, sort, limit, cursor } = parseInput(WorkflowListQuery, input)
  const order = ORDERS[sort]
  const after = cursor === undefined ? null : decodeCursor(cursor, ['string', 'string'])
  const found = await ctx.app.database.db
    .select()
    .from(workflows)
    .where(
      and(
        isNull(workflows.deletedAt),
        q ? or(ilike(workflows.name, likePattern(q)), ilike(workflows.description, likePattern(q))) : undefined,
        tag === undefined ? undefined : sql`${workflows.tags} @> ${JSON.stringify([tag])}::jsonb`,
        enabled === undefined ? undefined : eq(workflows.enabled, enabled),
        after === null ? undefined : order.beyond(after[0], after[1]),
      ),
    )
    .orderBy(...order.by)
    .limit(limit + 1)
  const { rows, next_cursor } = page(found, limit, (row) => [order.keyOf(row), row.id])
  const recent = await recentRuns(
    ctx,
    rows.map((row) => row.id),
  )
  return {
    next_cursor,
    workflows: rows.map((row) => {
      const last = recent.get(row.id) ?? []
      return {
        id: row.id,
        name: row.name,
        description: row.description,
        tags: row.tags,
        version: row.version,
        enabled: row.enabled,
        created_at: row.createdAt.toISOString(),
        updated_at: row.updatedAt.toISOString(),
        last_run: last[0] ?? null,
        recent: last.map(({ status }) => status),
      }
    }),
  }
}

/** A cursor's instant; one that somebody made up is taken as the beginning of time rather than as an error of ours. */
function instant(key: string): string {
  return AskedInstant.safeParse(key).data ?? new Date(0).toISOString()
}

/** By workflow: its last runs, the newest first. Ten look-ups by index for each, however many runs it has. */
async function recentRuns(ctx: ServiceContext, ids: readonly string[]) {
  const byWorkflow = new Map<string, NonNullable<WorkflowList['workflows'][number]['last_run']>[]>()
  if (ids.length === 0) return byWorkflow
  const last = ctx.app.database.db
    .select({ run_id: runs.id, status: runs.status, at: runs.createdAt })
    .from(runs)
    .where(sql`${runs.workflowId} = listed.id`)
    .orderBy(desc(runs.id))
    .limit(RECENT)
  const found = await ctx.app.database.db.execute<{ id: string; run_id: string; status: RunStatus; at: string }>(sql`
    select listed.id, last.id as run_id, last.status, last.created_at as at
    from unnest(${`{${ids.join(',')}}`}::text[]) as listed (id), lateral (${last}) last
    order by last.id desc
  `)
  for (const { id, run_id, status, at } of found) {
    const runsOf = byWorkflow.get(id) ?? []
    runsOf.push({ run_id, status, started_at: new Date(at).toISOString() })
    byWorkflow.set(id, runsOf)
  }
  return byWorkflow
}
