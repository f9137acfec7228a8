import type { WorkKind } from '#drizzle/schema/work.ts'
import type { JsonObject } from '#lib/json.ts'
import type { Queries } from '#server/db/client.ts'
import type { StepPayload } from '../advance.ts'

export interface ClaimedWork {
  readonly id: string
  readonly kind: WorkKind
  readonly run_id: string | null
  readonly key: string
  readonly fence: number
  readonly tries: number
  readonly payload: JsonObject
}

/** The payload of a step's row: `advance` writes it in this shape, and nothing else does. */
export function stepPayload({ payload }: Pick<ClaimedWork, 'payload'>): StepPayload {
  return payload as unknown as StepPayload
}

/** Takes up to `limit` rows that are due: lock, update and answer in one statement. Each claim raises the fence. */
export function claim(sql: Queries, owner: string, now: Date, limit: number): Promise<ClaimedWork[]> {
  return sql<ClaimedWork[]>`
    update work set owner = ${owner}, fence = fence + 1
    where id in (
      select id from work where owner is null and due <= ${now.toISOString()} order by due limit ${limit} for update skip locked)
    returning id, kind, run_id, key, fence, tries, payload`
}

/** When the next free row is due; null when there is none. */
export async function nextDue(sql: Queries): Promise<Date | null> {
  const [row] = await sql<{ due: string | null }[]>`select min(due) as due from work where owner is null`
  return row?.due ? new Date(row.due) : null
}

/** Removes a row that is done, if it is still held. */
export async function finish(sql: Queries, work: Pick<ClaimedWork, 'id' | 'fence'>, owner: string): Promise<void> {
  await sql`delete from work where id = ${work.id} and fence = ${work.fence} and owner = ${owner}`
}

/** Frees a row at once, if it is still held. */
export async function giveBack(sql: Queries, work: Pick<ClaimedWork, 'id' | 'fence'>, owner: string): Promise<void> {
  await sql`update work set owner = null where id = ${work.id} and fence = ${work.fence} and owner = ${owner}`
}

/** Puts a row back for later, if it is still held. */
export async function postpone(
  sql: Queries,
  work: Pick<ClaimedWork, 'id' | 'fence'>,
  owner: string,
  due: Date,
  error: string,
): Promise<void> {
  await sql`
    update work set owner = null, due = ${due.toISOString()}, tries = tries + 1, last_error = ${error}
    where id = ${work.id} and fence = ${work.fence} and owner = ${owner}`
}
