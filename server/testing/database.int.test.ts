import { describe, expect, it } from 'vitest'
import { openDatabase } from '#server/db/client.ts'
import { schemaVersion } from '#server/db/migrate.ts'
import { testDatabase } from './database.ts'

describe('a test database', () => {
  it('is migrated and independent of its siblings', async () => {
    const [a, b] = await Promise.all([testDatabase(), testDatabase()])
    expect(await schemaVersion(a.database)).toEqual({ kind: 'current' })
    await a.database.sql`insert into system (key, value) values ('only-in-a', '1')`
    expect(await b.database.sql`select * from system where key = 'only-in-a'`).toHaveLength(0)
    await a.drop()
    await b.drop()
  })

  it('names whoever is still connected when it is dropped', async () => {
    const own = await testDatabase()
    const forgotten = openDatabase(own.url, { max: 1, name: 'forgotten-worker' })
    await forgotten.sql`select 1`
    await expect(own.drop()).rejects.toThrow(/forgotten-worker/)
    await forgotten.close()
  })
})
