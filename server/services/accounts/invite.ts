import { and, eq, isNull } from 'drizzle-orm'
import { accountTokens, users } from '#drizzle/schema/index.ts'
import { type Invitation, InviteInput } from '#lib/contracts/members.ts'
import { ScaffError } from '#lib/errors.ts'
import { audit } from '../audit.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { issueAccountToken } from './account-tokens.ts'
import { invitationOf } from './list-members.ts'
import { queueAccountMail } from './queue-mail.ts'

/** Invites a person by mail; the answer carries the link too, to be handed over where no mail goes out. A new invitation replaces an open one. */
export async function invite({ ctx, input }: { ctx: ServiceContext; input: InviteInput }): Promise<Invitation> {
  const actor = authorise(ctx, 'member:manage')
  const { email, role } = parseInput(InviteInput, input)
  return ctx.app.database.db.transaction(async (tx) => {
    const [known] = await tx.select({ id: users.id }).from(users).where(eq(users.email, email)).limit(1)
    if (known !== undefined) {
      throw new ScaffError('user.exists', `${email} has an account already. Change its role in the list of members.`)
    }
    await tx
      .update(accountTokens)
      .set({ usedAt: ctx.app.clock.now() })
      .where(and(eq(accountTokens.kind, 'invite'), eq(accountTokens.email, email), isNull(accountTokens.usedAt)))
    const createdBy = 'id' in actor ? actor.id : actor.kind
    const row = await issueAccountToken(ctx.app, tx, { kind: 'invite', email, role, createdBy })
    const invitedBy = actor.kind === 'user' ? (actor.name ?? actor.email) : null
    await queueAccountMail(ctx.app, tx, {
      kind: 'invite',
      to: email,
      data: { account_token_id: row.id, role, invited_by: invitedBy },
    })
    await audit(ctx, tx, { action: 'member.invite', target: row.id, detail: { email, role } })
    return invitationOf(ctx, row)
  })
}
