import { guides } from '#drizzle/schema/index.ts'
import { sampleWorkflow } from '#lib/blueprints/sample.ts'
import type { Tx } from '../audit.ts'
import type { ServiceContext } from '../context.ts'
import { type CheckedText, checkText } from '../workflows/check.ts'
import { writeFirstVersion } from '../workflows/create.ts'
import type { Person } from './rights.ts'

/** The sample for one person, checked as any text is. Reads settings, so it comes before a transaction, not in one. */
export function checkSample(ctx: ServiceContext, approver: string): Promise<CheckedText> {
  return checkText(ctx, sampleWorkflow(approver))
}

/**
 * Saves a sample in which the person approves what they run, as any workflow is saved, and begins their tour on it. An
 * earlier tour of theirs is replaced.
 */
export async function beginWithSample(
  ctx: ServiceContext,
  tx: Tx,
  { person, sample }: { readonly person: Person; readonly sample: CheckedText },
): Promise<void> {
  const version = { ...sample, name: sample.definition.name, author: person.email }
  const { id } = await writeFirstVersion({ ...ctx, actor: person }, tx, version)
  const begun = {
    workflowId: id,
    startedAt: ctx.app.clock.now(),
    editorSeenAt: null,
    mailSeenAt: null,
    timelineSeenAt: null,
    dismissedAt: null,
  }
  await tx
    .insert(guides)
    .values({ userId: person.id, ...begun })
    .onConflictDoUpdate({ target: guides.userId, set: begun })
}
