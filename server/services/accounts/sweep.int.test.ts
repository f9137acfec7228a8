import { afterEach, beforeEach, expect, it } from 'vitest'
import { accountTokens, refreshTokens, sessions } from '#drizzle/schema/index.ts'
import { DAY } from '#lib/time.ts'
import { openDatabase } from '#server/db/client.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import { person } from '../testing.ts'
import { countTry } from '../tries.ts'
import { sweepAccounts } from './sweep.ts'

let app: TestApp
beforeEach(async () => {
  app = await testApp({ LOG_LEVEL: 'silent' })
})
afterEach(() => app.drop())

const inDays = (days: number) => new Date(app.clock.now().getTime() + days * DAY)

async function fill(): Promise<void> {
  const { db } = app.database
  const { id: userId } = await person(app, 'editor')
  for (const [id, days] of [
    ['good', 1],
    ['over', -1],
    ['long-over', -31],
  ] as const) {
    await db.insert(sessions).values({ id: `ses_${id}`, userId, expiresAt: inDays(days) })
    await db.insert(accountTokens).values({ id: `tok_${id}`, kind: 'reset', userId, expiresAt: inDays(days) })
  }
  const token = (id: string, family: string, days: number) =>
    db.insert(refreshTokens).values({ id, userId, family, tokenHash: id, expiresAt: inDays(days) })
  await token('living-1', 'living', -40)
  await token('living-2', 'living', 1)
  await token('dead-1', 'dead', -60)
  await token('dead-2', 'dead', -31)
}

const left = async () =>
  (
    await app.database.sql<{ id: string }[]>`
      select id from sessions union all select id from account_tokens union all select id from refresh_tokens order by id`
  ).map(({ id }) => id)

it('removes sessions and tokens that are long over, of refresh tokens only whole families', async () => {
  await fill()
  expect(await sweepAccounts(app)).toBe(4)
  expect(await left()).toEqual(['living-1', 'living-2', 'ses_good', 'ses_over', 'tok_good', 'tok_over'])
  expect(await sweepAccounts(app)).toBe(0)
})

it('removes tries whose window is over', async () => {
  await countTry(app, 'a', 1)
  expect(await sweepAccounts(app)).toBe(0)
  app.clock.pass(DAY)
  await countTry(app, 'b', 1)
  expect(await sweepAccounts(app)).toBe(1)
})

it('is done by one process at a time', async () => {
  await fill()
  const pool = openDatabase(app.env.databaseUrl ?? '', { max: 1, name: 'another worker' })
  const waits = app.database.sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(7262034)`
    expect(await sweepAccounts({ ...app, database: pool })).toBeNull()
  })
  await waits
  expect(await left()).toHaveLength(10)
  expect(await sweepAccounts({ ...app, database: pool })).toBe(4)
  await pool.close()
})
