import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import { accountTokens, users } from '#drizzle/schema/index.ts'
import { systemClock } from '#lib/time.ts'
import { accountLink } from '#server/auth/account-token.ts'
import type { App } from '../context.ts'
import { issueAccountToken } from './account-tokens.ts'

/**
 * The one-time link that makes the owner, or null once there is a person. Asked at every start; while a link is good it
 * stays the same, so that two processes do not print two.
 */
export async function setupLink({
  database,
  keys,
  env,
}: Pick<App, 'database' | 'keys' | 'env'>): Promise<string | null> {
  const row = await database.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('scaff.setup'))`)
    const [person] = await tx.select({ id: users.id }).from(users).limit(1)
    if (person !== undefined) return null
    const [open] = await tx
      .select()
      .from(accountTokens)
      .where(
        and(
          eq(accountTokens.kind, 'setup'),
          isNull(accountTokens.usedAt),
          gt(accountTokens.expiresAt, systemClock.now()),
        ),
      )
      .orderBy(desc(accountTokens.createdAt))
      .limit(1)
    return open ?? issueAccountToken({ clock: systemClock }, tx, { kind: 'setup' })
  })
  return row === null ? null : accountLink(keys, env.appUrl, row)
}
