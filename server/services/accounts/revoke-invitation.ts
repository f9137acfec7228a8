import { and, eq, isNull } from 'drizzle-orm'
import { accountTokens } from '#drizzle/schema/index.ts'
import { ScaffError } from '#lib/errors.ts'
import { audit } from '../audit.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'

/** Makes an invitation's link useless. */
export async function revokeInvitation({ ctx, input }: { ctx: ServiceContext; input: { id: string } }): Promise<void> {
  authorise(ctx, 'member:manage')
  await ctx.app.database.db.transaction(async (tx) => {
    const [row] = await tx
      .update(accountTokens)
      .set({ usedAt: ctx.app.clock.now() })
      .where(and(eq(accountTokens.id, input.id), eq(accountTokens.kind, 'invite'), isNull(accountTokens.usedAt)))
      .returning()
    if (row === undefined) throw new ScaffError('user.not_found', 'There is no open invitation of this kind.')
    await audit(ctx, tx, { action: 'member.revoke_invitation', target: row.id, detail: { email: row.email } })
  })
}
