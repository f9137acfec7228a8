import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { inject } from 'vitest'
import { type Database, openDatabase } from '#server/db/client.ts'
import { TEMPLATE, TEST_PREFIX } from './names.ts'

export interface TestDatabase {
  readonly url: string
  /** A pool of at most 10 connections; closed by `drop`. */
  readonly database: Database
  /** Closes `database` and removes it. Throws when anybody else is still connected: a pool or worker left behind. */
  drop(): Promise<void>
}

/** A database of one's own: a clone of the migrated template. Call `drop` in `afterAll` or `afterEach`. */
export async function testDatabase(): Promise<TestDatabase> {
  const adminUrl = inject('postgresAdminUrl')
  const name = `${TEST_PREFIX}${randomBytes(6).toString('hex')}`
  await asAdmin(adminUrl, (admin) => admin`create database ${admin(name)} template ${admin(TEMPLATE)}`)
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  const database = openDatabase(url.href, { max: 10, name: 'test' })
  return {
    url: url.href,
    database,
    async drop() {
      await database.close()
      const left = await asAdmin(adminUrl, async (admin) => {
        const clients = await stillConnected(admin, name)
        await admin`drop database ${admin(name)} with (force)`
        return clients
      })
      if (left.length > 0) {
        throw new Error(
          `Connections were left open to the test's database by: ${left.join(', ')}. Close every pool and worker before drop().`,
        )
      }
    },
  }
}

/** A backend outlives the socket of its client by a moment, so those that are going are given one. */
async function stillConnected(admin: postgres.Sql, name: string): Promise<string[]> {
  const deadline = performance.now() + 1_000
  for (;;) {
    const rows = await admin<{ client: string }[]>`
      select coalesce(nullif(application_name, ''), 'a connection without a name') as client
      from pg_stat_activity where datname = ${name} and backend_type = 'client backend'`
    if (rows.length === 0 || performance.now() > deadline) return rows.map((row) => row.client)
    await admin`select pg_sleep(0.01)`
  }
}

async function asAdmin<T>(url: string, work: (admin: postgres.Sql) => Promise<T>): Promise<T> {
  const admin = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return await work(admin)
  } finally {
    await admin.end()
  }
}
