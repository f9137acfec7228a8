import { createHash } from 'node:crypto'
import { MINUTE } from '#lib/time.ts'
import type { App } from './context.ts'

const WINDOW_MS = 15 * MINUTE

export interface Try {
  readonly allowed: boolean
  /** Seconds until the window ends. */
  readonly reset: number
}

/**
 * Counts one try of `id` in its window of a quarter of an hour and says whether it is within `limit`. Counted in the
 * database, so that a guesser gains nothing by going round the web processes or waiting for a restart.
 */
export async function countTry({ database, clock }: App, id: string, limit: number): Promise<Try> {
  const now = clock.now().toISOString()
  const ends = new Date(clock.now().getTime() + WINDOW_MS).toISOString()
  const [row] = await database.sql<{ used: number; reset: number }[]>`
    insert into tries (id, used, ends_at) values (${hash(id)}, 1, ${ends})
    on conflict (id) do update set
      used = case when tries.ends_at <= ${now} then 1 else tries.used + 1 end,
      ends_at = case when tries.ends_at <= ${now} then excluded.ends_at else tries.ends_at end
    returning used, greatest(1, ceil(extract(epoch from ends_at - ${now}::timestamptz)))::int as reset`
  if (!row) throw new Error('a try was not counted')
  return { allowed: row.used <= limit, reset: row.reset }
}

/** Takes counted tries back, after a success. */
export async function giveTriesBack({ database }: App, ids: readonly string[]): Promise<void> {
  // Locked in one order, so that two who succeed at once do not wait for each other.
  await database.sql`
    update tries set used = used - 1 from (
      select id from tries where id = any(${ids.map(hash)}) and used > 0 order by id for update) as counted
    where tries.id = counted.id`
}

function hash(id: string): string {
  return createHash('sha256').update(id).digest('base64url')
}
