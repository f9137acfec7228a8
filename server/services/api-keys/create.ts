import { apiKeys } from '#drizzle/schema/index.ts'
import { CreateApiKey, type CreatedApiKey } from '#lib/contracts/api-keys.ts'
import { ScaffError } from '#lib/errors.ts'
import { newId } from '#lib/ids.ts'
import { type Permission, ROLE_PERMISSIONS } from '#lib/permissions.ts'
import { newApiKey } from '#server/auth/api-key.ts'
import type { Actor } from '#server/engine/port.ts'
import { audit } from '../audit.ts'
import { authorise, may } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { apiKeyOf } from './list.ts'

/** Makes a key that may at most what its maker may. The key itself is in this answer and nowhere else, ever. */
export async function createApiKey({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: CreateApiKey
}): Promise<CreatedApiKey> {
  const actor = authorise(ctx, 'api_key:manage')
  const wanted = parseInput(CreateApiKey, input)
  refuseMoreThanOwn(actor, wanted)
  const now = ctx.app.clock.now()
  const expiresAt = wanted.expires_at === undefined ? null : new Date(wanted.expires_at)
  if (expiresAt !== null && expiresAt <= now) {
    const item = { path: 'expires_at', code: 'past', message: 'Choose a time in the future.' }
    throw new ScaffError('request.invalid', 'The key would have expired already.', { errors: [item] })
  }
  const { key, hash, hint } = newApiKey()
  return ctx.app.database.db.transaction(async (tx) => {
    const [row] = await tx
      .insert(apiKeys)
      .values({
        id: newId('apiKey'),
        name: wanted.name,
        role: wanted.role,
        scopes: wanted.scopes ?? null,
        agentId: wanted.agent_id ?? null,
        agentType: wanted.agent_type ?? null,
        rateLimit: wanted.rate_limit ?? null,
        quota: wanted.quota ?? null,
        hash,
        hint,
        createdBy: 'id' in actor ? actor.id : actor.kind,
        createdAt: now,
        expiresAt,
      })
      .returning()
    if (row === undefined) throw new Error('a key was not stored')
    const detail = { name: row.name, role: row.role, scopes: row.scopes }
    await audit(ctx, tx, { action: 'api_key.create', target: row.id, detail })
    return { ...apiKeyOf(row), key }
  })
}

/** Otherwise a key that may make keys could make one that may everything. */
function refuseMoreThanOwn(actor: Actor, { role, scopes }: CreateApiKey): void {
  const granted: Permission[] = scopes ?? [...ROLE_PERMISSIONS[role]]
  const beyond = granted.filter((permission) => !may(actor, permission))
  if (beyond.length > 0) {
    throw new ScaffError(
      'auth.forbidden',
      `You cannot give what you do not have: ${beyond.join(', ')}. Narrow the scopes.`,
    )
  }
}
