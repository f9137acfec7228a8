import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { users } from '#drizzle/schema/index.ts'
import { openSession, signSession } from '#server/auth/session.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import { endpoints } from './endpoints.ts'
import { call } from './testing.ts'

describe('a crawler that is signed in as an admin', () => {
  let app: TestApp
  let cookie: string

  beforeAll(async () => {
    app = await testApp({ LOG_LEVEL: 'silent' })
    await app.database.db
      .insert(users)
      .values({ id: 'usr_ann', email: 'ann@example.com', role: 'admin', passwordHash: 'none' })
    cookie = `next-auth.session-token=${await signSession(app, await openSession(app.context(), 'usr_ann'))}`
  })
  afterAll(() => app.drop())

  /** Every row of every table, as one text per table. */
  const everything = async () => {
    const { db } = app.database
    const tables = await db.execute<{ name: string }>(
      sql`select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
    )
    const contents: Record<string, unknown> = {}
    for (const { name } of tables) {
      const rows = sql`select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as rows from ${sql.identifier(name)} t`
      contents[name] = (await db.execute<{ rows: string }>(rows))[0]?.rows
    }
    return contents
  }

  it('follows every link there is and changes nothing', async () => {
    const before = await everything()
    expect(Object.keys(before)).toContain('workflows')
    for (const endpoint of endpoints.filter(({ method }) => method === 'GET')) {
      const params = Object.fromEntries(
        [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, 'nothing']),
      )
      const answer = await call(app, endpoint, { params, headers: { cookie, 'sec-fetch-site': 'cross-site' } })
      expect([200, 404]).toContain(answer.status)
    }
    expect(await everything()).toEqual(before)
  })
})
