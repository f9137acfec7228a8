import type { Queries } from '#server/db/client.ts'

/**
 * A lease belongs to the worker process and is renewed by one row, whatever it holds: a long AI call costs nothing.
 * Times are the database's. The process itself measures by its monotonic clock, so that a worker that was paused knows
 * that it may have lost everything before it sends anything.
 */
export interface Lease {
  readonly owner: string
  /** Whether the last renewal is young enough to act on. */
  held(): boolean
  renew(): Promise<void>
  /** Gives everything back and ends: what was held is free at once. */
  release(): Promise<void>
}

export async function takeLease(
  sql: Queries,
  owner: string,
  seconds: number,
  monotonic: () => number = () => performance.now(),
): Promise<Lease> {
  let renewedAt = monotonic()
  const renew = async (): Promise<void> => {
    const before = monotonic()
    await sql`
      insert into workers (id, lease_until) values (${owner}, now() + make_interval(secs => ${seconds}))
      on conflict (id) do update set lease_until = excluded.lease_until`
    renewedAt = before
  }
  await sql`update work set owner = null where owner = ${owner}`
  await renew()
  return {
    owner,
    held: () => monotonic() - renewedAt < seconds * 1_000,
    renew,
    release: async () => {
      await sql`
        with mine as (update work set owner = null where owner = ${owner})
        delete from workers where id = ${owner}`
    },
  }
}

/**
 * Frees what workers held whose lease has ended, and forgets requests that were sent for steps that were given up since.
 * Answers how many rows were freed.
 */
export async function sweep(sql: Queries): Promise<number> {
  await sql`delete from effects where not exists (select 1 from work where work.id = effects.work_id)`
  const [row] = await sql<{ freed: number }[]>`
    with dead as (delete from workers where lease_until < now() returning id),
    freed as (
      update work set owner = null
      where owner is not null and (owner in (select id from dead) or not exists (select 1 from workers where workers.id = work.owner))
      returning 1)
    select count(*)::int as freed from freed`
  return row?.freed ?? 0
}
