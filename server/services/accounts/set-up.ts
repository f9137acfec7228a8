import { sql } from 'drizzle-orm'
import { users } from '#drizzle/schema/index.ts'
import { SetUpInput } from '#lib/contracts/members.ts'
import { ScaffError } from '#lib/errors.ts'
import { newId } from '#lib/ids.ts'
import { hashPassword } from '#server/auth/password.ts'
import { audit } from '../audit.ts'
import type { ServiceContext } from '../context.ts'
import { beginWithSample, checkSample } from '../guide/sample.ts'
import { parseInput } from '../parse.ts'
import { useAccountToken } from './account-tokens.ts'

/**
 * Makes the owner, and a sample workflow for them to try, once: by the link printed in the terminal, and only while there
 * is nobody. Answers the owner's id.
 */
export async function setUp({ ctx, input }: { ctx: ServiceContext; input: SetUpInput }): Promise<{ user_id: string }> {
  const { token, email, name, password } = parseInput(SetUpInput, input)
  const passwordHash = await hashPassword(password)
  const sample = await checkSample(ctx, email)
  return ctx.app.database.db.transaction(async (tx) => {
    // Two that submit at once come one after the other; the second finds a person.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('scaff.setup'))`)
    const [person] = await tx.select({ id: users.id }).from(users).limit(1)
    if (person !== undefined) throw new ScaffError('setup.done', 'There is an owner already. Sign in.')
    await useAccountToken(ctx, tx, 'setup', token)
    const id = newId('user')
    const now = ctx.app.clock.now()
    await tx
      .insert(users)
      .values({ id, email, name: name || null, role: 'owner', passwordHash, createdAt: now, updatedAt: now })
    await audit(ctx, tx, { action: 'account.set_up', target: id, detail: { email } })
    const owner = { kind: 'user', id, email, name: name || null, role: 'owner' } as const
    await beginWithSample(ctx, tx, { person: owner, sample })
    return { user_id: id }
  })
}
