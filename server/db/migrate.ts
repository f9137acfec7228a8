import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import journal from '#drizzle/migrations/meta/_journal.json' with { type: 'json' }
import { seed } from '#drizzle/seed.ts'
import { type Database, openDatabase } from './client.ts'

/** Any number that no other program takes an advisory lock on. */
const MIGRATION_LOCK = 7_262_033

/** A database that this program must not touch. The message says what to do. */
export class DatabaseTooNew extends Error {
  override readonly name = 'DatabaseTooNew'
}

export type SchemaVersion =
  | { readonly kind: 'current' }
  /** `missing`: how many migrations this program would still apply. */
  | { readonly kind: 'behind'; readonly missing: number }
  | { readonly kind: 'newer' }

/**
 * Brings the database to this program's form and puts in what every installation has. Safe to call from several
 * processes at once: one works, the others wait.
 *
 * @throws DatabaseTooNew when a later version of Scaff has migrated it already.
 */
export async function migrateDatabase(url: string, root: string): Promise<void> {
  // One connection, so that the lock and the migrations are the same session's.
  const database = openDatabase(url, { max: 1, name: 'scaff-migrate' })
  try {
    await database.sql`select pg_advisory_lock(${MIGRATION_LOCK})`
    const version = await schemaVersion(database)
    if (version.kind === 'newer') {
      throw new DatabaseTooNew(
        'The database was migrated by a newer version of Scaff. Start that version, or restore a backup made before the upgrade.',
      )
    }
    if (version.kind === 'behind') {
      await migrate(database.db, { migrationsFolder: join(root, 'drizzle', 'migrations') })
    }
    await seed(database)
  } finally {
    await database.close()
  }
}

/** How the database's form compares to what this program knows. */
export async function schemaVersion(database: Database): Promise<SchemaVersion> {
  const [table] = await database.db.execute<{ found: boolean }>(
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as found`,
  )
  const known = journal.entries.map((entry) => entry.when)
  if (!table?.found) return { kind: 'behind', missing: known.length }
  const rows = await database.db.execute<{ at: string }>(
    sql`select created_at::text as at from drizzle.__drizzle_migrations`,
  )
  const applied = new Set(rows.map((row) => Number(row.at)))
  const newest = known.at(-1) ?? 0
  if ([...applied].some((at) => at > newest)) return { kind: 'newer' }
  const missing = known.filter((at) => !applied.has(at)).length
  return missing === 0 ? { kind: 'current' } : { kind: 'behind', missing }
}
