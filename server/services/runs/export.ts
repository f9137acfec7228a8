import type { RunWait } from '#lib/contracts/run-waits.ts'
import type { Run, RunExport } from '#lib/contracts/runs.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { getRunContext } from './context.ts'
import { findRun } from './find.ts'
import { toRun } from './get.ts'
import { readHistory } from './history.ts'

/** Everything of a run in one document. It is passed on, so it opens nothing: no tokens and no links. */
export async function exportRun({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: { readonly id: string }
}): Promise<RunExport> {
  authorise(ctx, 'run:read')
  const record = await findRun(ctx.app.database.db, input.id)
  const [run, history, context] = await Promise.all([
    toRun(ctx, record),
    readHistory(ctx, record.id),
    getRunContext({ ctx, input: { id: record.id, query: {} } }),
  ])
  return { exported_at: ctx.app.clock.now().toISOString(), run: sealed(run), history, context }
}

function sealed(run: Run): Run {
  const waits = run.waits.map(sealedWait)
  return { ...run, waits, waiting: waits[0] ?? null, resume_token: null }
}

function sealedWait(wait: RunWait): RunWait {
  if (!wait.form) return { ...wait, resume_token: null }
  const { link: _link, ...form } = wait.form
  return { ...wait, resume_token: null, form }
}
