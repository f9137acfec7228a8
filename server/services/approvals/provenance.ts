import { and, desc, eq } from 'drizzle-orm'
import { runSteps } from '#drizzle/schema/index.ts'
import { ValueSource } from '#lib/contracts/common.ts'
import { canonicalJson } from '#lib/integrity/digest.ts'
import { isJsonObject, type Json, type JsonObject } from '#lib/json.ts'
import type { ServiceContext } from '../context.ts'

/** A text that short may equal another by chance, and is only matched under its own name. */
const TELLING_LENGTH = 16

/**
 * Who made each value an approval shows, so that what a model wrote is marked as such. Found by the value itself: the
 * newest output that holds it under the same name, else, for a telling value, under any name. Unknown ones are left out.
 */
export async function provenanceOf(
  ctx: ServiceContext,
  run_id: string,
  show: JsonObject,
): Promise<Record<string, ValueSource>> {
  const rows = await ctx.app.database.db
    .select({ output: runSteps.output, source: runSteps.source })
    .from(runSteps)
    .where(and(eq(runSteps.runId, run_id), eq(runSteps.status, 'completed')))
    .orderBy(desc(runSteps.seq))
  const values = rows.flatMap(({ output, source }) => {
    const known = ValueSource.safeParse(source).data
    return known ? [...valuesOf(output ?? null)].map((value) => ({ ...value, source: known })) : []
  })
  const found = Object.entries(show).flatMap(([key, value]): [string, ValueSource][] => {
    const text = canonicalJson(value)
    const same = values.filter((v) => v.text === text)
    const match = same.find((v) => v.key === key) ?? (text.length >= TELLING_LENGTH ? same[0] : undefined)
    return match ? [[key, match.source]] : []
  })
  return Object.fromEntries(found)
}

/** A whole output, and each value it merges. */
function* valuesOf(output: Json): Generator<{ key: string | null; text: string }> {
  yield { key: null, text: canonicalJson(output) }
  if (isJsonObject(output)) for (const [key, value] of Object.entries(output)) yield { key, text: canonicalJson(value) }
}
