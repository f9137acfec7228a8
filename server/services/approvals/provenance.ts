import { and, asc, eq } from 'drizzle-orm'
import { runSteps } from '#drizzle/schema/index.ts'
import { ValueSource } from '#lib/contracts/common.ts'
import type { JsonObject } from '#lib/json.ts'
import { provenanceOf } from '#lib/provenance.ts'
import type { ServiceContext } from '../context.ts'

/** Who made each value an approval shows, so that what a model wrote is marked as such. */
export async function readProvenance(
  ctx: ServiceContext,
  run_id: string,
  show: JsonObject,
): Promise<Record<string, ValueSource>> {
  const rows = await ctx.app.database.db
    .select({ output: runSteps.output, source: runSteps.source })
    .from(runSteps)
    .where(and(eq(runSteps.runId, run_id), eq(runSteps.status, 'completed')))
    .orderBy(asc(runSteps.seq))
  const outputs = rows.flatMap(({ output, source }) => {
    const known = ValueSource.safeParse(source).data
    return known ? [{ output: output ?? null, source: known }] : []
  })
  return { ...provenanceOf(show, outputs) }
}
