import { type AddressInfo, connect, createServer } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { testDatabase } from '#server/testing/database.ts'
import { openDatabase, type Sql } from './client.ts'

let sql: Sql
let url: string
let drop: () => Promise<void>
beforeAll(async () => {
  const test = await testDatabase()
  sql = test.database.sql
  url = test.url
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

it('asks nothing of its own when it connects, so that nothing is cut unseen', async () => {
  const server = new URL(url)
  let sent = ''
  const between = createServer((client) => {
    const link = connect(Number(server.port), server.hostname)
    client.on('data', (bytes) => {
      sent += bytes.toString('latin1')
    })
    client.pipe(link).pipe(client)
  })
  await new Promise<void>((listening) => between.listen(0, '127.0.0.1', listening))
  const through = new URL(url)
  through.host = `127.0.0.1:${(between.address() as AddressInfo).port}`
  const other = openDatabase(through.href, { max: 1, name: 'test' })
  await other.sql`select 'the only question'`
  await other.close()
  between.close()
  expect(sent).toContain('the only question')
  expect(sent.match(/select/gi)).toHaveLength(1)
})
