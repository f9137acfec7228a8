import { eq } from 'drizzle-orm'
import { constants } from '#drizzle/schema/index.ts'
import type { JsonObject } from '#lib/json.ts'
import type { WorkflowDefinition } from '#lib/workflow/definition.ts'
import { gathered } from '#server/db/gathered.ts'
import type { ServiceContext } from '../context.ts'
import { resolveStatics } from '../settings/resolve.ts'

const statics = gathered(resolveStatics)

/**
 * `static` of a run: the file's constants over the workspace's, frozen at the start. Sensitive ones are left out: a worker
 * reads them where secrets may be read, and nothing else ever does.
 */
export async function mergedConstants(ctx: ServiceContext, definition: WorkflowDefinition): Promise<JsonObject> {
  return { ...(await statics(ctx.app.database.db, 'all')), ...definition.static }
}

/**
 * `static` as people may see it: what became sensitive after the start is masked. Constants that the file itself gives
 * are no secret.
 */
export async function visibleConstants(
  ctx: ServiceContext,
  frozen: JsonObject,
  definition: WorkflowDefinition,
): Promise<JsonObject> {
  const rows = await ctx.app.database.db
    .select({ name: constants.name })
    .from(constants)
    .where(eq(constants.sensitive, true))
  const hidden = new Set(rows.map(({ name }) => name).filter((name) => !(name in definition.static)))
  return Object.fromEntries(
    Object.entries(frozen).map(([name, value]) => [name, hidden.has(name) ? `[REDACTED:${name}]` : value]),
  )
}
