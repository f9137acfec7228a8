import { desc, eq } from 'drizzle-orm'
import { runs } from '#drizzle/schema/index.ts'
import { CHILDREN_TOLD } from '#lib/contracts/run-lineage.ts'
import type { Run } from '#lib/contracts/runs.ts'
import type { Tx } from '../audit.ts'
import type { RunRecord } from './find.ts'

/** Where a run comes from, and the runs that its steps called. */
export async function readLineage(db: Tx, run: RunRecord): Promise<Pick<Run, 'parent' | 'forked_from' | 'children'>> {
  const called = await db
    .select({ id: runs.id, name: runs.workflowName, status: runs.status, by: runs.parentActivity })
    .from(runs)
    .where(eq(runs.parentRunId, run.id))
    .orderBy(desc(runs.id))
    .limit(CHILDREN_TOLD)
  return {
    parent:
      run.parentRunId !== null && run.parentActivity !== null
        ? { run_id: run.parentRunId, step_id: run.parentActivity.step }
        : null,
    forked_from:
      run.forkedFrom !== null && run.forkedAt !== null ? { run_id: run.forkedFrom, step_id: run.forkedAt } : null,
    children: called.flatMap(({ id, name, status, by }) =>
      by === null
        ? []
        : [
            {
              run_id: id,
              workflow_name: name,
              status,
              step_id: by.step,
              path: by.path,
              visit: by.visit,
              epoch: by.epoch,
            },
          ],
    ),
  }
}
