import { afterEach, beforeEach, expect, it } from 'vitest'
import { projectRoot } from '#server/boot/root.ts'
import { type TestDatabase, testDatabase } from '#server/testing/database.ts'
import { DatabaseTooNew, migrateDatabase, schemaVersion } from './migrate.ts'

let own: TestDatabase
beforeEach(async () => {
  own = await testDatabase()
})
afterEach(() => own.drop())

it('does nothing to a database that is current, also when several processes start at once', async () => {
  await Promise.all([1, 2, 3].map(() => migrateDatabase(own.url, projectRoot())))
  expect(await schemaVersion(own.database)).toEqual({ kind: 'current' })
})

it('migrates an empty database once, also when several processes start at once', async () => {
  await own.database.sql`drop schema public cascade`
  await own.database.sql`drop schema drizzle cascade`
  await own.database.sql`create schema public`
  expect(await schemaVersion(own.database)).toMatchObject({ kind: 'behind' })
  await Promise.all([1, 2, 3].map(() => migrateDatabase(own.url, projectRoot())))
  expect(await schemaVersion(own.database)).toEqual({ kind: 'current' })
  const [first] = await own.database
    .sql`select count(*)::int as n, count(distinct hash)::int as d from drizzle.__drizzle_migrations`
  expect(first?.n).toBe(first?.d)
})

it('refuses a database that a newer version has migrated, and leaves it as it is', async () => {
  await own.database
    .sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', ${Date.UTC(2999, 0)})`
  await own.database.sql`delete from template_versions`
  const refused = await migrateDatabase(own.url, projectRoot()).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(DatabaseTooNew)
  expect(String(refused)).toMatch(/newer version of Scaff\. Start that version, or restore a backup/)
  expect(await own.database.sql`select * from template_versions`).toHaveLength(0)
})
