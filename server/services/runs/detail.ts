import type { RunDetail } from '#lib/contracts/runs.ts'
import { TERMINAL } from '#lib/workflow/state.ts'
import { authorise, may } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { findVersion } from '../workflows/find.ts'
import { findRun } from './find.ts'
import { toRun } from './get.ts'
import { readHistory } from './history.ts'
import { mayAnswer } from './to-wait.ts'

/** Everything the run page shows, in one read. */
export async function getRunDetail({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: { readonly id: string }
}): Promise<RunDetail> {
  authorise(ctx, 'run:read')
  const { db } = ctx.app.database
  const record = await findRun(db, input.id)
  const [run, history, { definition }] = await Promise.all([
    toRun(ctx, record),
    readHistory(ctx, record.id),
    findVersion(db, record.workflowId, record.workflowVersion),
  ])
  const over = TERMINAL.has(run.status)
  return {
    ...run,
    ...history,
    workflow: {
      id: record.workflowId,
      name: record.workflowName,
      version: record.workflowVersion,
      steps: definition.steps.map(({ id, type, name }) => ({ id, type, name })),
    },
    can: {
      cancel: !over && may(ctx.actor, 'run:cancel'),
      retry: (run.status === 'failed' || run.status === 'canceled') && may(ctx.actor, 'run:retry'),
      answer: run.waiting !== null && mayAnswer(ctx, run.waiting.type),
    },
  }
}
