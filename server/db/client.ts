import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import * as schema from '#drizzle/schema/index.ts'

export type Sql = postgres.Sql
/** What both a pool and a transaction of it answer. */
export type Queries = postgres.ISql<Record<never, never>>
export type Db = PostgresJsDatabase<typeof schema>

export interface Database {
  /**
   * For statements of our own, e.g. the engine's. Drizzle switches the pool's conversions off: instants go in and come
   * out as text, JSON goes in as text.
   */
  readonly sql: Sql
  readonly db: Db
  close(): Promise<void>
}

/** Lists of texts, as parameters: the only arrays we send. */
const TEXTS = {
  to: 1009,
  from: [],
  // A text is a list that is written out already.
  serialize: (texts: string | readonly string[]) =>
    typeof texts === 'string' ? texts : `{${texts.map((text) => `"${text.replaceAll(/["\\]/g, '\\$&')}"`).join()}}`,
  parse: (text: string) => text,
}

/** Lists of numbers, as answers: the only arrays we read. */
const NUMBERS = {
  to: 1022,
  from: [1022],
  serialize: (numbers: readonly number[]) => `{${numbers.join()}}`,
  parse: (text: string): (number | null)[] => JSON.parse(`[${text.slice(1, -1).replaceAll('NULL', 'null')}]`),
}

/** Opens a pool. Nothing connects before the first query. */
export function openDatabase(url: string, options: { readonly max: number; readonly name: string }): Database {
  const sql = postgres(url, {
    max: options.max,
    connection: { application_name: options.name },
    onnotice: () => {},
    // Seconds between tries to connect: the library's own pauses grow to twenty, and a restarted server is back in one.
    backoff: (tries) => Math.min(0.05 * 2 ** tries, 1),
    // Else each new connection asks for them by a query that nobody waits for: cut in that moment, it would end the process.
    fetch_types: false,
    types: { texts: TEXTS, numbers: NUMBERS },
  })
  return { sql, db: drizzle(sql, { schema }), close: () => sql.end({ timeout: 5 }) }
}
