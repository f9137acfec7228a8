import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MINUTE } from '#lib/time.ts'
import { type Database, openDatabase } from '#server/db/client.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import { signIn } from './accounts/sign-in.ts'
import type { App, ServiceContext } from './context.ts'
import { refusal } from './testing.ts'
import { countTry, giveTriesBack } from './tries.ts'

let app: TestApp
let pool: Database
/** Another web process on the same database. */
let other: App

beforeEach(async () => {
  app = await testApp({ LOG_LEVEL: 'silent' })
  pool = openDatabase(app.env.databaseUrl ?? '', { max: 5, name: 'another web process' })
  other = { ...app, database: pool }
})
afterEach(async () => {
  await pool.close()
  await app.drop()
})

describe('tries', () => {
  it('are counted by all processes together, also at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => countTry(i % 2 ? app : other, 'a', 7)))
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(7)
    expect((await countTry(other, 'b', 7)).allowed).toBe(true)
  })

  it('begin anew when the window ends, and tell when that is', async () => {
    expect(await countTry(app, 'a', 1)).toEqual({ allowed: true, reset: 15 * 60 })
    app.clock.pass(5 * MINUTE + 500)
    expect(await countTry(other, 'a', 1)).toEqual({ allowed: false, reset: 10 * 60 })
    app.clock.pass(10 * MINUTE)
    expect(await countTry(app, 'a', 1)).toEqual({ allowed: true, reset: 15 * 60 })
  })

  it('are given back after a success, and never more than there were', async () => {
    await countTry(app, 'a', 1)
    await Promise.all([giveTriesBack(app, ['a', 'b']), giveTriesBack(other, ['b', 'a'])])
    expect((await countTry(app, 'a', 1)).allowed).toBe(true)
    expect((await countTry(app, 'a', 1)).allowed).toBe(false)
  })

  it('are kept without what was typed', async () => {
    await countTry(app, 'sign-in-account:secret-password', 1)
    expect(JSON.stringify(await app.database.sql`select * from tries`)).not.toContain('secret')
  })
})

it('whoever guesses a password gains nothing by going from one web process to the other', async () => {
  const guess = (of: App) => {
    const ctx: ServiceContext = { ...app.context(), app: of }
    return refusal(signIn({ ctx, input: { email: 'ann@company.com', password: 'guess' } }))
  }
  for (let i = 0; i < 10; i++) expect((await guess(i % 2 ? app : other)).code).toBe('auth.invalid')
  expect((await guess(other)).code).toBe('rate_limit.exceeded')
  expect((await guess(app)).code).toBe('rate_limit.exceeded')
})
