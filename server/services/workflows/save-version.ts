import { eq } from 'drizzle-orm'
import { workflows, workflowVersions } from '#drizzle/schema/index.ts'
import type { WorkflowSaved } from '#lib/contracts/workflows.ts'
import { ScaffError } from '#lib/errors.ts'
import type { Actor } from '#server/engine/port.ts'
import { labelOf } from '../actors.ts'
import { audit } from '../audit.ts'
import type { ServiceContext } from '../context.ts'
import type { CheckedText } from './check.ts'
import { findVersion, findWorkflow } from './find.ts'

export interface NewVersion extends CheckedText {
  readonly id: string
  /** The version the author began from; null: whichever is newest. */
  readonly ifVersion: number | null
  readonly message: string | null
  readonly status: 'updated' | 'rolled_back'
}

/** Appends an immutable version; `workflow.version_conflict` when somebody saved since the one the author began from. */
export async function saveVersion(ctx: ServiceContext, actor: Actor, next: NewVersion): Promise<WorkflowSaved> {
  const { id, text, definition, warnings, message, status } = next
  return ctx.app.database.db.transaction(async (tx) => {
    const workflow = await findWorkflow(tx, id, true)
    if (next.ifVersion !== null && next.ifVersion !== workflow.version) throw conflict(next.ifVersion, workflow.version)
    const latest = await findVersion(tx, id, workflow.version)
    const version = workflow.version + 1
    // A display name that was given apart from the text stays; one that came from the text follows it.
    const name = workflow.name === latest.definition.name ? definition.name : workflow.name
    const now = ctx.app.clock.now()
    await tx.insert(workflowVersions).values({
      workflowId: id,
      version,
      source: text,
      definition,
      warnings,
      message,
      createdBy: labelOf(actor),
      createdAt: now,
    })
    const { description, tags } = definition
    await tx
      .update(workflows)
      .set({ version, name, description, tags: [...tags], updatedAt: now })
      .where(eq(workflows.id, id))
    await audit(ctx, tx, { action: `workflow.${status}`, target: id, detail: { name, version } })
    return { id, name, version, status, enabled: workflow.enabled, warnings }
  })
}

function conflict(expected: number, latest: number): ScaffError {
  const detail = `You changed version ${expected}, but version ${latest} was saved in the meantime. Read it, merge your change and save with If-Match: "${latest}".`
  return new ScaffError('workflow.version_conflict', detail, { extra: { latest_version: latest } })
}
