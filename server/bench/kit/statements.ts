import { type Database, openDatabase } from '#server/db/client.ts'

/** What the database did for one statement while it was watched. */
export interface Statement {
  readonly text: string
  readonly calls: number
  readonly mean_ms: number
  readonly max_ms: number
}

/** Connections whose statements are counted; those of others are not. */
export interface Watched {
  readonly database: Database
  /** All statements since the last `reset`, those that took longest in all first. */
  read(): Promise<Statement[]>
  reset(): Promise<void>
  close(): Promise<void>
}

/** Opens a pool that is watched; `admin` asks for what was counted, unwatched itself. */
export async function watch(admin: Database, url: string, max: number): Promise<Watched> {
  await admin.sql`create extension if not exists pg_stat_statements`
  const own = new URL(url)
  own.searchParams.set('pg_stat_statements.track', 'all')
  const database = openDatabase(own.href, { max, name: 'bench-watched' })
  return {
    database,
    read: () => admin.sql<Statement[]>`
      select query as text, calls::int, mean_exec_time as mean_ms, max_exec_time as max_ms
      from pg_stat_statements where dbid = (select oid from pg_database where datname = current_database())
      order by total_exec_time desc`,
    reset: async () => void (await admin.sql`select pg_stat_statements_reset()`),
    close: () => database.close(),
  }
}

/** How the database would answer a statement, whatever its parameters are. */
export async function planOf(admin: Database, text: string): Promise<string> {
  const rows = await admin.sql.unsafe<{ 'QUERY PLAN': string }[]>(`explain (generic_plan) ${text}`)
  return rows.map((row) => row['QUERY PLAN']).join('\n')
}
