import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '#server/db/client.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import { checkHealth } from './check.ts'

let app: TestApp
beforeEach(async () => {
  app = await testApp()
})
afterEach(() => app.drop())

const worker = (until: string) =>
  app.database.sql.unsafe(`insert into workers (id, lease_until) values ('wrk_1', now() + interval '${until}')`)

describe('health', () => {
  it('is ready with a migrated database and a live worker', async () => {
    await worker('10 seconds')
    expect(await checkHealth(app)).toEqual({ ready: true, checks: { database: 'ok', migrations: 'ok', worker: 'ok' } })
  })

  it('is not ready without a worker, or when the last one is silent for too long', async () => {
    expect((await checkHealth(app)).checks.worker).toBe('no worker is alive')
    await worker('-1 seconds')
    expect(await checkHealth(app)).toMatchObject({
      ready: false,
      checks: { database: 'ok', worker: 'no worker is alive' },
    })
  })

  it('is not ready while migrations are missing, or when there are later ones than it knows', async () => {
    await worker('10 seconds')
    await app.database
      .sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', ${Date.UTC(2999, 0)})`
    expect((await checkHealth(app)).checks.migrations).toBe('the database belongs to a newer version of Scaff')
    await app.database.sql`truncate drizzle.__drizzle_migrations`
    expect(await checkHealth(app)).toMatchObject({
      ready: false,
      checks: { migrations: expect.stringMatching(/older/) },
    })
  })

  it('is not ready without its database, and does not throw', async () => {
    const away = openDatabase('postgres://u:p@127.0.0.1:1/d', { max: 1, name: 'away' })
    expect(await checkHealth({ ...app, database: away })).toMatchObject({
      ready: false,
      checks: { database: 'the database does not answer' },
    })
    await away.close()
  })
})
