import { desc, isNull } from 'drizzle-orm'
import { apiKeys } from '#drizzle/schema/index.ts'
import type { ApiKey, ApiKeyList } from '#lib/contracts/api-keys.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'

/** The keys that were not revoked, newest first; never the keys themselves. */
export async function listApiKeys({ ctx }: { ctx: ServiceContext }): Promise<ApiKeyList> {
  authorise(ctx, 'api_key:manage')
  const rows = await ctx.app.database.db
    .select()
    .from(apiKeys)
    .where(isNull(apiKeys.revokedAt))
    .orderBy(desc(apiKeys.id))
  return { api_keys: rows.map(apiKeyOf) }
}

export function apiKeyOf(row: typeof apiKeys.$inferSelect): ApiKey {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    scopes: row.scopes,
    agent_id: row.agentId,
    agent_type: row.agentType,
    rate_limit: row.rateLimit,
    quota: row.quota,
    hint: row.hint,
    created_at: row.createdAt.toISOString(),
    expires_at: row.expiresAt?.toISOString() ?? null,
    last_used_at: row.lastUsedAt?.toISOString() ?? null,
  }
}
