import { createHash, randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { apiKeys } from '#drizzle/schema/index.ts'
import { MINUTE } from '#lib/time.ts'
import { gathered } from '#server/db/gathered.ts'
import type { App } from '#server/services/context.ts'
import type { Identity } from './authenticate.ts'

const PREFIX = 'scf_'

/** 192 random bits. Shown once; only its hash is kept, so a dump of the database holds no usable key. */
export function newApiKey(): { readonly key: string; readonly hash: string; readonly hint: string } {
  const key = PREFIX + randomBytes(24).toString('base64url')
  return { key, hash: hashApiKey(key), hint: key.slice(-4) }
}

export function isApiKey(text: string): boolean {
  return text.startsWith(PREFIX)
}

export function hashApiKey(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}

const findKey = gathered(async (db, hash) => {
  const [row] = await db.select().from(apiKeys).where(eq(apiKeys.hash, hash)).limit(1)
  return row
})

/**
 * The identity behind a key; null if there is none that is good now. The look-up is by the hash of a 192-bit secret, so
 * its timing tells nothing about the key. `last used` is kept to the minute, to spare a write per request.
 */
export async function verifyApiKey(app: App, key: string): Promise<Identity | null> {
  const { db } = app.database
  const row = await findKey(db, hashApiKey(key))
  const now = app.clock.now()
  if (row === undefined || row.revokedAt !== null) return null
  if (row.expiresAt !== null && row.expiresAt <= now) return null
  if (row.lastUsedAt === null || now.getTime() - row.lastUsedAt.getTime() > MINUTE) {
    await db.update(apiKeys).set({ lastUsedAt: now }).where(eq(apiKeys.id, row.id))
  }
  const { id, name, role, scopes, agentId } = row
  return { actor: { kind: 'apiKey', id, name, role, scopes, agent_id: agentId }, via: 'key', rateLimit: row.rateLimit }
}
