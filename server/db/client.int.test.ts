import { afterAll, beforeAll, expect, it } from 'vitest'
import { testDatabase } from '#server/testing/database.ts'
import type { Sql } from './client.ts'

let sql: Sql
let drop: () => Promise<void>
beforeAll(async () => {
  const test = await testDatabase()
  sql = test.database.sql
  drop = test.drop
})
afterAll(() => drop())

it.each([[[]], [['one']], [['a,b', '{c}', '"d"', 'e\\f', 'g h', '', 'null', 'ü😀']]])(
  'sends %j as a list of texts',
  async (texts) => {
    const rows = await sql<{ text: string }[]>`select unnest(${texts}::text[]) as text`
    expect(rows.map(({ text }) => text)).toEqual(texts)
  },
)

it('reads a list of numbers', async () => {
  const [row] = await sql`select array[1.5, null, -2e10]::float8[] as some, '{}'::float8[] as none`
  expect(row).toEqual({ some: [1.5, null, -2e10], none: [] })
})

it('takes a list that is written out already', async () => {
  const rows = await sql`select unnest(${'{a,b}'}::text[])`
  expect(rows).toHaveLength(2)
})

it('compares with a list whose type only the column tells', async () => {
  const rows = await sql`select name from (values ('a'), ('b'), ('c')) as given (name) where name = any(${['a', 'c']})`
  expect(rows).toHaveLength(2)
})

it('asks nothing of its own when it connects, so that nothing is cut unseen', () => {
  expect(sql.options.fetch_types).toBe(false)
})
