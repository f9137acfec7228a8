import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import { guides } from '#drizzle/schema/index.ts'
import { GuideSeen } from '#lib/contracts/guide.ts'
import { ScaffError } from '#lib/errors.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'

const COLUMNS = { editor: 'editorSeenAt', mail: 'mailSeenAt', timeline: 'timelineSeenAt' } as const

/** Notes that the person looked at a page of their tour. Whether that was late enough to count is told by `getGuide`. */
export async function noteSeen({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: z.input<typeof GuideSeen>
}): Promise<null> {
  const { step } = parseInput(GuideSeen, input)
  await change(ctx, { [COLUMNS[step]]: ctx.app.clock.now() })
  return null
}

/** Puts the tour away for good; it can be begun again. */
export async function dismissGuide({ ctx }: { ctx: ServiceContext }): Promise<null> {
  await change(ctx, { dismissedAt: ctx.app.clock.now() })
  return null
}

/** Everybody changes their own tour only; who has none changes nothing. */
async function change(ctx: ServiceContext, values: Partial<typeof guides.$inferInsert>): Promise<void> {
  const actor = authorise(ctx, 'workflow:read')
  if (actor.kind !== 'user') throw new ScaffError('auth.forbidden', 'Only people take the tour; a key has none.')
  await ctx.app.database.db.update(guides).set(values).where(eq(guides.userId, actor.id))
}
