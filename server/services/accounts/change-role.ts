import { eq } from 'drizzle-orm'
import { users } from '#drizzle/schema/index.ts'
import { ChangeRoleInput, type Member } from '#lib/contracts/members.ts'
import { audit } from '../audit.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { memberOf } from './list-members.ts'
import { lockOther } from './lock-other.ts'

/** Gives another person another role; it holds from their next request on. The owner's cannot be changed. */
export async function changeRole({ ctx, input }: { ctx: ServiceContext; input: ChangeRoleInput }): Promise<Member> {
  const actor = authorise(ctx, 'member:manage')
  const { id, role } = parseInput(ChangeRoleInput, input)
  return ctx.app.database.db.transaction(async (tx) => {
    const before = await lockOther(tx, actor, id)
    const [after] = await tx
      .update(users)
      .set({ role, updatedAt: ctx.app.clock.now() })
      .where(eq(users.id, id))
      .returning()
    await audit(ctx, tx, { action: 'member.change_role', target: id, detail: { from: before.role, to: role } })
    return memberOf(after ?? before)
  })
}
