import { eq } from 'drizzle-orm'
import { users } from '#drizzle/schema/index.ts'
import { type Member, SetDisabledInput } from '#lib/contracts/members.ts'
import { audit } from '../audit.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { endAllSessions } from './end-sessions.ts'
import { memberOf } from './list-members.ts'
import { lockOther } from './lock-other.ts'

/** Shuts another person out at once, or lets them in again. What they did stays theirs. */
export async function setDisabled({ ctx, input }: { ctx: ServiceContext; input: SetDisabledInput }): Promise<Member> {
  const actor = authorise(ctx, 'member:manage')
  const { id, disabled } = parseInput(SetDisabledInput, input)
  return ctx.app.database.db.transaction(async (tx) => {
    const before = await lockOther(tx, actor, id)
    const now = ctx.app.clock.now()
    const [after] = await tx
      .update(users)
      .set({ disabledAt: disabled ? (before.disabledAt ?? now) : null, updatedAt: now })
      .where(eq(users.id, id))
      .returning()
    if (disabled) await endAllSessions(ctx, tx, id)
    await audit(ctx, tx, { action: disabled ? 'member.disable' : 'member.enable', target: id, detail: {} })
    return memberOf(after ?? before)
  })
}
