import { sql } from 'drizzle-orm'
import { runs } from '#drizzle/schema/index.ts'
import type { Tx } from '../audit.ts'
import { likePattern } from '../paging.ts'

/**
 * The names of workflows, as their runs began under them, that hold a text. Runs are many and their names few: each step of
 * the recursion looks up the next name in `runs_by_name`, where a search of all runs would read them all to find nobody.
 */
export async function namesThatHold(tx: Tx, text: string): Promise<string[]> {
  const rows = await tx.execute<{ name: string }>(sql`
    with recursive names as (
      (select ${runs.workflowName} as name from ${runs} order by 1 limit 1)
      union all
      select (select ${runs.workflowName} from ${runs} where ${runs.workflowName} > names.name order by 1 limit 1)
      from names where names.name is not null)
    select name from names where name ilike ${likePattern(text)}`)
  return rows.map(({ name }) => name)
}
