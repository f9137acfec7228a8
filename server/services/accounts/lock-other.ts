import { eq } from 'drizzle-orm'
import { users } from '#drizzle/schema/index.ts'
import { ScaffError } from '#lib/errors.ts'
import type { Actor } from '#server/engine/port.ts'
import type { Tx } from '../audit.ts'

/** The row of another person, locked for a change. The owner and one's own account are not changed this way: a workspace must not lose its last key. */
export async function lockOther(tx: Tx, actor: Actor, id: string): Promise<typeof users.$inferSelect> {
  const [user] = await tx.select().from(users).where(eq(users.id, id)).for('update')
  if (user === undefined) throw new ScaffError('user.not_found', 'There is no person with this id.')
  if (user.role === 'owner') throw new ScaffError('auth.forbidden', 'The owner’s account cannot be changed by others.')
  if (actor.kind === 'user' && actor.id === id) {
    throw new ScaffError('auth.forbidden', 'You cannot change your own role or access. Ask another admin.')
  }
  return user
}
