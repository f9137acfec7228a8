import { and, asc, eq, isNull } from 'drizzle-orm'
import { workflows } from '#drizzle/schema/index.ts'
import { ScaffError } from '#lib/errors.ts'
import type { JsonObject } from '#lib/json.ts'
import type { Profile } from '#lib/workflow/data.ts'
import type { ChildStart } from '#server/engine/port.ts'
import type { ServiceContext } from '../context.ts'
import { findVersion, findWorkflow, type WorkflowRecord } from '../workflows/find.ts'
import { concurrencyOf } from './concurrency.ts'
import { mergedConstants } from './constants.ts'
import { startInputs } from './inputs.ts'
import { requireSettings } from './requirements.ts'

/**
 * What the run of a workflow that a step calls begins with: the newest version of what the step names by id or by name. It
 * acts for whoever started the caller. What would refuse a start of its own fails the step with the same code.
 */
export async function childStart({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: { readonly workflow: string; readonly inputs: JsonObject; readonly profile: Profile }
}): Promise<ChildStart> {
  try {
    const workflow = await named(ctx, input.workflow)
    if (!workflow.enabled) {
      throw new ScaffError('workflow.disabled', `“${workflow.name}” is disabled. Enable it before a step calls it.`)
    }
    const { definition, version } = await findVersion(ctx.app.database.db, workflow.id, workflow.version)
    await requireSettings(ctx, definition)
    const start = {
      workflow_id: workflow.id,
      workflow_name: workflow.name,
      workflow_version: version,
      definition,
      inputs: await startInputs(ctx, definition, input.inputs),
      static: await mergedConstants(ctx, definition),
      profile: input.profile,
    }
    return { ok: true, start: { ...start, ...concurrencyOf(definition, start, ctx.app.clock.now().toISOString()) } }
  } catch (error) {
    if (!(error instanceof ScaffError)) throw error
    return { ok: false, error: { code: error.code, message: error.message, retryable: false, retry_after_ms: null } }
  }
}

/** By id, else by name; a name that several workflows have is nobody's. */
async function named(ctx: ServiceContext, name: string): Promise<WorkflowRecord> {
  const { db } = ctx.app.database
  const [found, other] = await db
    .select({ id: workflows.id })
    .from(workflows)
    .where(and(eq(workflows.name, name), isNull(workflows.deletedAt)))
    .orderBy(asc(workflows.id))
    .limit(2)
  if (found && other) {
    throw new ScaffError(
      'workflow.not_found',
      `Several workflows are named “${name}”. Name the one you mean by its id.`,
    )
  }
  return findWorkflow(db, found?.id ?? name)
}
