import { and, eq, isNull } from 'drizzle-orm'
import { apiKeys } from '#drizzle/schema/index.ts'
import { ScaffError } from '#lib/errors.ts'
import { audit } from '../audit.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'

/** Makes a key useless from its next request on. */
export async function revokeApiKey({ ctx, input }: { ctx: ServiceContext; input: { id: string } }): Promise<void> {
  authorise(ctx, 'api_key:manage')
  await ctx.app.database.db.transaction(async (tx) => {
    const [row] = await tx
      .update(apiKeys)
      .set({ revokedAt: ctx.app.clock.now() })
      .where(and(eq(apiKeys.id, input.id), isNull(apiKeys.revokedAt)))
      .returning()
    if (row === undefined)
      throw new ScaffError('api_key.not_found', 'There is no API key with this id. List them first.')
    await audit(ctx, tx, { action: 'api_key.revoke', target: row.id, detail: { name: row.name } })
  })
}
