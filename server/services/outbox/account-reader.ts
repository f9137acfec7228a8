import { eq } from 'drizzle-orm'
import { apiKeys } from '#drizzle/schema/index.ts'
import { roleAtLeast } from '#lib/permissions.ts'
import type { Db } from '#server/db/client.ts'
import type { Actor } from '#server/engine/port.ts'
import { accountTokenId, type MessageRecord, type Records } from '#server/notifications/records.ts'

export type MayReadAccount = (message: MessageRecord, records: Records) => boolean

/**
 * Whether somebody may read a mail that opens an account. An admin must not become owner by asking for the owner's
 * password reset and opening it from the Outbox. Whoever runs the machine may, through a key made on the command line:
 * without a mail provider that is the way back in.
 */
export async function accountReader(db: Db, actor: Actor): Promise<MayReadAccount> {
  const operator = actor.kind === 'system' || (actor.kind === 'apiKey' && (await madeByOperator(db, actor.id)))
  return (message, records) => {
    const id = accountTokenId(message)
    if (id === null || operator) return true
    const role = records.tokens.get(id)?.role
    return 'role' in actor && (role === null || role === undefined || roleAtLeast(actor.role, role))
  }
}

async function madeByOperator(db: Db, key_id: string): Promise<boolean> {
  const [key] = await db.select({ createdBy: apiKeys.createdBy }).from(apiKeys).where(eq(apiKeys.id, key_id))
  return key?.createdBy === 'system'
}
