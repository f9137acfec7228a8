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
    const value = environmentSecret(app.env.workflowSecrets, name)
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

/** What workflows can count on: names only, for checking a text or saying what a start still needs. */
export async function configuredNames(
  app: Pick<App, 'database' | 'env'>,
): Promise<{
  readonly statics: readonly string[]
  readonly sensitive: readonly string[]
  readonly secrets: readonly string[]
}> {
  const { db } = app.database
  const known = await db.select({ name: constants.name, sensitive: constants.sensitive }).from(constants)
  const stored = await db.select({ name: secrets.name }).from(secrets)
  return {
    statics: known.map(({ name }) => name),
    sensitive: known.filter(({ sensitive }) => sensitive).map(({ name }) => name),
    secrets: [...new Set([...stored.map(({ name }) => name), ...Object.keys(app.env.workflowSecrets)])],
  }
}

/** As the workflow writes the name, else in capitals, which is how environments usually have it. */
export function environmentSecret(workflowSecrets: Readonly<Record<string, string>>, name: string): string | undefined {
  for (const spelling of [name, name.toUpperCase()]) {
    if (Object.hasOwn(workflowSecrets, spelling)) return workflowSecrets[spelling]
  }
  return undefined
}

async function readConstants(db: Db, sensitive: boolean): Promise<JsonObject> {
  const rows = await db
    .select({ name: constants.name, value: constants.value })
    .from(constants)
    .where(eq(constants.sensitive, sensitive))
  return Object.fromEntries(rows.map(({ name, value }): [string, Json] => [name, value]))
}
