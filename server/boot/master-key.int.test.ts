import { afterEach, beforeEach, expect, it } from 'vitest'
import { createKeyring } from '#server/auth/keyring.ts'
import { type TestDatabase, testDatabase } from '#server/testing/database.ts'
import { checkMasterKey } from './master-key.ts'

const ours = createKeyring('q8Zr2nLw4xTt7yBv0sPd6mKe9jHc3fGa')
const another = createKeyring('another-Key-that-is-strong-enough-0123456789')

let own: TestDatabase
beforeEach(async () => {
  own = await testDatabase()
})
afterEach(() => own.drop())

it('belongs to the first key, also when several processes come at once', async () => {
  await Promise.all([1, 2, 3].map(() => checkMasterKey(own.database, ours)))
  await checkMasterKey(own.database, ours)
})

it('refuses another key with a sentence, and keeps nothing that tells the key', async () => {
  await checkMasterKey(own.database, ours)
  await expect(checkMasterKey(own.database, another)).rejects.toThrow(
    /SCAFF_SECRET_KEY is not the key this database was set up with\. Give that key/,
  )
  const [row] = await own.database.sql`select value from system where key = 'master_key_check'`
  expect(row?.value).toMatch(/^[0-9a-f]{64}$/)
})
