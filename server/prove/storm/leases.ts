import type { Sql } from '#server/db/client.ts'
import type { Life } from './fleet.ts'

/** A lease that somebody swept, because it was over. */
interface LeaseEnd {
  readonly id: string
  readonly at: number
  /** How long it had been over by then. */
  readonly overdue: number
}

/** Makes the database of the proof keep the end of each lease, which the engine forgets. It costs the runs nothing. */
export async function keepLeaseEnds(sql: Sql): Promise<void> {
  await sql.unsafe(`
    create table lease_ends (id text, lease_until timestamptz, at timestamptz);
    create function keep_lease_end() returns trigger language plpgsql as $$
      begin insert into lease_ends values (old.id, old.lease_until, clock_timestamp()); return old; end $$;
    create trigger keep_lease_end before delete on workers for each row execute function keep_lease_end()`)
}

export async function leaseEnds(sql: Sql): Promise<readonly LeaseEnd[]> {
  const rows = await sql<{ id: string; at: string; overdue: string }[]>`
    select id, extract(epoch from at) * 1000 as at, extract(epoch from at - lease_until) * 1000 as overdue from lease_ends`
  return rows.map(({ id, at, overdue }) => ({ id, at: Number(at), overdue: Number(overdue) }))
}

/** Processes whose lease was swept while they lived, e.g. on a machine that gave them no time: others took over from them. */
export function leasesLost(ends: readonly LeaseEnd[], lives: readonly Life[]): ReadonlySet<string> {
  const alive = lives.filter((life) => ends.some(({ id, at }) => id === life.id && at > life.from && at < life.until))
  return new Set(alive.map(({ instance }) => instance))
}
