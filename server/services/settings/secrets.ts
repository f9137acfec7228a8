import { asc, eq } from 'drizzle-orm'
import { secrets } from '#drizzle/schema/index.ts'
import { SecretBody, type SecretFacts, type SecretList, SecretParams } from '#lib/contracts/settings.ts'
import { ScaffError } from '#lib/errors.ts'
import { audit } from '../audit.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { sealSecret } from './secret-envelope.ts'

/** Which secrets are set, and where; no call answers a value. */
export async function listSecrets({ ctx }: { ctx: ServiceContext }): Promise<SecretList> {
  authorise(ctx, 'secrets:read')
  const rows = await ctx.app.database.db
    .select({ name: secrets.name, updatedAt: secrets.updatedAt })
    .from(secrets)
    .orderBy(asc(secrets.name))
  const stored = rows.map(
    ({ name, updatedAt }): SecretFacts => ({
      name,
      source: 'stored',
      updated_at: updatedAt.toISOString(),
    }),
  )
  const names = new Set(stored.map(({ name }) => name))
  const fromEnvironment = Object.keys(ctx.app.env.workflowSecrets)
    .filter((name) => !names.has(name))
    .sort()
    .map((name): SecretFacts => ({ name, source: 'environment', updated_at: null }))
  return { secrets: [...stored, ...fromEnvironment] }
}

/** Stores a secret, encrypted; a stored one goes before one of the environment. */
export async function setSecret({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: { name: string; value: string }
}): Promise<SecretFacts> {
  const actor = authorise(ctx, 'secrets:write')
  const { name } = parseInput(SecretParams, { name: input.name })
  const { value } = parseInput(SecretBody, { value: input.value })
  const updatedAt = ctx.app.clock.now()
  const row = {
    envelope: sealSecret(ctx.app.keys, name, value),
    updatedAt,
    updatedBy: 'id' in actor ? actor.id : null,
  }
  await ctx.app.database.db.transaction(async (tx) => {
    await tx
      .insert(secrets)
      .values({ name, ...row })
      .onConflictDoUpdate({ target: secrets.name, set: row })
    await audit(ctx, tx, { action: 'secret.set', target: name, detail: {} })
  })
  return { name, source: 'stored', updated_at: updatedAt.toISOString() }
}

export async function deleteSecret({ ctx, input }: { ctx: ServiceContext; input: { name: string } }): Promise<void> {
  authorise(ctx, 'secrets:write')
  await ctx.app.database.db.transaction(async (tx) => {
    const gone = await tx.delete(secrets).where(eq(secrets.name, input.name)).returning({ name: secrets.name })
    if (gone.length === 0) {
      throw new ScaffError(
        'secret.not_found',
        `No secret “${input.name}” is stored. Those of the environment are removed there.`,
      )
    }
    await audit(ctx, tx, { action: 'secret.delete', target: input.name, detail: {} })
  })
}
