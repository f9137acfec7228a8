import { and, eq, isNull } from 'drizzle-orm'
import { guides, users, workflows } from '#drizzle/schema/index.ts'
import { ScaffError } from '#lib/errors.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { mayTour } from './rights.ts'
import { beginWithSample, checkSample } from './sample.ts'

/** Begins the tour, or begins it again: on the sample the person has, else on a new one, because they asked for it. */
export async function startGuide({ ctx }: { ctx: ServiceContext }): Promise<null> {
  const actor = authorise(ctx, 'workflow:create')
  if (!mayTour(actor)) {
    throw new ScaffError(
      'auth.forbidden',
      'The tour opens a mail in the Outbox, which your account may not read. Ask an admin to change your role.',
    )
  }
  const { db } = ctx.app.database
  const sample = await checkSample(ctx, actor.email)
  await db.transaction(async (tx) => {
    // Two that begin at once come one after the other, also where there is no tour to lock yet: else each makes a sample.
    await tx.select({ id: users.id }).from(users).where(eq(users.id, actor.id)).for('update')
    const [kept] = await tx
      .select({ workflowId: guides.workflowId })
      .from(guides)
      .innerJoin(workflows, and(eq(workflows.id, guides.workflowId), isNull(workflows.deletedAt)))
      .where(eq(guides.userId, actor.id))
    if (!kept) return beginWithSample(ctx, tx, { person: actor, sample })
    const again = { editorSeenAt: null, mailSeenAt: null, timelineSeenAt: null, dismissedAt: null }
    await tx
      .update(guides)
      .set({ ...again, startedAt: ctx.app.clock.now() })
      .where(eq(guides.userId, actor.id))
  })
  return null
}
