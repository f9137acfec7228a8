import type { Database } from '#server/db/client.ts'

/** Puts in what every installation has. Called at every start: it adds what is missing and changes nothing else. */
export async function seed(database: Database): Promise<void> {
  await database.sql`select 1`
}
