import { users } from '#drizzle/schema/index.ts'
import { AcceptInviteInput } from '#lib/contracts/members.ts'
import { ScaffError } from '#lib/errors.ts'
import { newId } from '#lib/ids.ts'
import { hashPassword } from '#server/auth/password.ts'
import { audit } from '../audit.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { useAccountToken } from './account-tokens.ts'

/** Makes the account an invitation offers, with the address and role that stand in it. Answers the new person's id and address. */
export async function acceptInvite({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: AcceptInviteInput
}): Promise<{ user_id: string; email: string }> {
  const { token, name, password } = parseInput(AcceptInviteInput, input)
  const passwordHash = await hashPassword(password)
  return ctx.app.database.db.transaction(async (tx) => {
    const { email, role } = await useAccountToken(ctx, tx, 'invite', token)
    if (email === null || role === null) throw new Error('an invitation names nobody')
    const id = newId('user')
    const now = ctx.app.clock.now()
    const [made] = await tx
      .insert(users)
      .values({ id, email, name: name || null, role, passwordHash, createdAt: now, updatedAt: now })
      .onConflictDoNothing({ target: users.email })
      .returning({ id: users.id })
    if (made === undefined) throw new ScaffError('user.exists', `${email} has an account already. Sign in.`)
    await audit(ctx, tx, { action: 'member.join', target: id, detail: { email, role } })
    return { user_id: id, email }
  })
}
