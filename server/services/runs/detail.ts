import { and, desc, eq } from 'drizzle-orm'
import { runEvents } from '#drizzle/schema/index.ts'
import type { RunDetail } from '#lib/contracts/runs.ts'
import { listedSteps } from '#lib/listed-steps.ts'
import { workflowGraph } from '#lib/workflow/graph.ts'
import { TERMINAL } from '#lib/workflow/state.ts'
import type { Tx } from '../audit.ts'
import { authorise, may } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { findVersion } from '../workflows/find.ts'
import { readSummaries } from './attempts.ts'
import { findRun } from './find.ts'
import { toRun } from './get.ts'
import { mayAnswer } from './to-wait.ts'

/** So many attempts are told at once; whoever wants more asks again. */
const STEPS_AT_ONCE = 1_000

/**
 * What the run page shows at a glance. With `after`, the number of the newest change the reader knows, only steps that
 * changed since: a live page asks for what is new, however long the run is.
 */
export async function getRunDetail({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: { readonly id: string; readonly after?: number | undefined }
}): Promise<RunDetail> {
  authorise(ctx, 'run:read')
  const { db } = ctx.app.database
  // Read before the steps: a step may then be newer than what is said of the run, never older.
  const record = await findRun(db, input.id)
  const [run, steps, { definition }, cancel_reason] = await Promise.all([
    toRun(ctx, record),
    readSummaries(db, record.id, input.after ?? 0, STEPS_AT_ONCE),
    findVersion(db, record.workflowId, record.workflowVersion),
    record.status === 'canceled' ? cancelReason(db, record.id) : null,
  ])
  const over = TERMINAL.has(run.status)
  return {
    ...run,
    steps,
    more: steps.length === STEPS_AT_ONCE,
    cancel_reason,
    workflow: {
      id: record.workflowId,
      name: record.workflowName,
      version: record.workflowVersion,
      steps: listedSteps(definition.steps),
    },
    graph: workflowGraph(definition, ctx.app.catalog),
    can: {
      cancel: !over && may(ctx.actor, 'run:cancel'),
      retry: (run.status === 'failed' || run.status === 'canceled') && may(ctx.actor, 'run:retry'),
      fork: may(ctx.actor, 'run:start'),
      resolve: run.effects.length > 0 && may(ctx.actor, 'run:retry'),
      answer: run.waiting !== null && mayAnswer(ctx, run.waiting.type),
      start: may(ctx.actor, 'run:start'),
      edit: may(ctx.actor, 'workflow:update'),
    },
  }
}

async function cancelReason(db: Tx, run_id: string): Promise<string> {
  const [row] = await db
    .select({ data: runEvents.data })
    .from(runEvents)
    .where(and(eq(runEvents.runId, run_id), eq(runEvents.type, 'run.canceled')))
    .orderBy(desc(runEvents.seq))
    .limit(1)
  return typeof row?.data.reason === 'string' ? row.data.reason : ''
}
