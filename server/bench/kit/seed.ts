import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { newId } from '#lib/ids.ts'
import type { Sql } from '#server/db/client.ts'

/** What is copied of each run: the run itself, and so many of its steps and events that the tables are no smaller. */
const PARTS = [
  { table: 'runs', key: 'id', limit: 1 },
  { table: 'run_steps', key: 'run_id', limit: 2 },
  { table: 'run_events', key: 'run_id', limit: 4 },
] as const

/** Fills the tables with copies of a run, by COPY, and lets the planner look at them. */
export async function seedCopies(sql: Sql, run_id: string, total: number): Promise<void> {
  const run_ids = Array.from({ length: total }, () => newId('run'))
  for (const { table, key, limit } of PARTS) {
    const columns = await columnsOf(sql, table)
    const rows: Buffer[] = []
    const out = await sql
      .unsafe(`copy (select ${columns} from ${table} where ${key} = '${run_id}' limit ${limit}) to stdout`)
      .readable()
    for await (const chunk of out) rows.push(chunk)
    const text = Buffer.concat(rows).toString('utf8')
    const into = await sql.unsafe(`copy ${table} (${columns}) from stdin`).writable()
    await pipeline(Readable.from(copies(text, run_id, run_ids)), into)
    await sql.unsafe(`analyze ${table}`)
  }
}

function* copies(text: string, run_id: string, run_ids: readonly string[]): Generator<string> {
  for (const id of run_ids) yield text.replaceAll(run_id, id)
}

/** All but the number that the table gives itself. */
async function columnsOf(sql: Sql, table: string): Promise<string> {
  const rows = await sql<{ name: string }[]>`
    select quote_ident(column_name) as name from information_schema.columns
    where table_schema = 'public' and table_name = ${table} and coalesce(column_default, '') not like 'nextval%' order by ordinal_position`
  return rows.map(({ name }) => name).join(', ')
}
