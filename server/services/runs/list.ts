import { and, desc, eq, gte, inArray, lt, or } from 'drizzle-orm'
import type { z } from 'zod'
import { runs } from '#drizzle/schema/index.ts'
import { type RunList, RunListQuery } from '#lib/contracts/runs.ts'
import { starter } from '../actors.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { decodeCursor, page } from '../paging.ts'
import { parseInput } from '../parse.ts'
import { namesThatHold } from './names.ts'
import { toRunRow } from './to-run.ts'
import { waitingFor } from './waiting-for.ts'

/** Runs, the newest first. */
export async function listRuns({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: z.input<typeof RunListQuery>
}): Promise<RunList> {
  authorise(ctx, 'run:read')
  const { workflow_id, status, started_by, q, from, to, limit, cursor } = parseInput(RunListQuery, input)
  const after = cursor === undefined ? null : decodeCursor(cursor, ['string'])[0]
  const names = q === undefined ? null : await namesThatHold(ctx.app.database.db, q)
  const found = await ctx.app.database.db
    .select({
      id: runs.id,
      workflowId: runs.workflowId,
      workflowName: runs.workflowName,
      workflowVersion: runs.workflowVersion,
      status: runs.status,
      currentStep: runs.currentStep,
      error: runs.error,
      costUsd: runs.costUsd,
      tokens: runs.tokens,
      profile: runs.profile,
      idempotencyKey: runs.idempotencyKey,
      requestId: runs.requestId,
      createdAt: runs.createdAt,
      updatedAt: runs.updatedAt,
      endedAt: runs.endedAt,
    })
    .from(runs)
    .where(
      and(
        workflow_id === undefined ? undefined : eq(runs.workflowId, workflow_id),
        status === undefined ? undefined : inArray(runs.status, status),
        started_by === undefined ? undefined : eq(starter, started_by),
        names === null ? undefined : or(inArray(runs.workflowName, names), eq(runs.id, q?.trim() ?? '')),
        from === undefined ? undefined : gte(runs.createdAt, new Date(from)),
        to === undefined ? undefined : lt(runs.createdAt, new Date(to)),
        after === null ? undefined : lt(runs.id, after),
      ),
    )
    .orderBy(desc(runs.id))
    .limit(limit + 1)
  const { rows, next_cursor } = page(found, limit, (row) => [row.id])
  const asked = await waitingFor(
    ctx,
    rows.filter((row) => row.status === 'waiting').map((row) => row.id),
  )
  return { runs: rows.map((row) => ({ ...toRunRow(row), waiting_for: asked.get(row.id) ?? null })), next_cursor }
}
