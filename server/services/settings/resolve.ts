import { eq, inArray } from 'drizzle-orm'
import { constants, secrets } from '#drizzle/schema/index.ts'
import type { Json, JsonObject } from '#lib/json.ts'
import type { Db } from '#server/db/client.ts'
import type { App } from '../context.ts'
import { openSecret } from './secret-envelope.ts'

/** Workspace constants that a run freezes at its start: all but the sensitive ones. */
export async function resolveStatics(db: Db): Promise<JsonObject> {
  return readConstants(db, false)
}

/** Constants marked sensitive: read when a step needs them, only where secrets may be, and frozen nowhere. */
export async function resolveSensitive(db: Db): Promise<JsonObject> {
  return readConstants(db, true)
}

/** The values of the named secrets: the stored one, else `SCAFF_SECRET_<NAME>`; those that are set nowhere are left out. */
export async function secretValues(
  app: Pick<App, 'database' | 'keys' | 'env'>,
  names: readonly string[],
): Promise<Record<string, string>> {
  const values = new Map<string, string>()
  for (const name of names) {
    const value = app.env.workflowSecrets[name]
    if (value !== undefined) values.set(name, value)
  }
  if (names.length > 0) {
    const rows = await app.database.db
      .select()
      .from(secrets)
      .where(inArray(secrets.name, [...names]))
    for (const row of rows) values.set(row.name, openSecret(app.keys, row.name, row.envelope))
  }
  return Object.fromEntries(values)
}

async function readConstants(db: Db, sensitive: boolean): Promise<JsonObject> {
  const rows = await db
    .select({ name: constants.name, value: constants.value })
    .from(constants)
    .where(eq(constants.sensitive, sensitive))
  return Object.fromEntries(rows.map(({ name, value }): [string, Json] => [name, value]))
}
