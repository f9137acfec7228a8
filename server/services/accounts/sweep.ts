import type { App } from '../context.ts'

/** Any number that no other program takes an advisory lock on. */
const SWEEP_LOCK = 7_262_034
/** How long what is over stays, for whoever looks at a mail of it or into the database. */
const KEPT_DAYS = 30

/**
 * Removes sessions and tokens that can do nothing any more, and tries whose window is over. Of several processes that do it
 * at once one works, the others go on. Answers how many rows went; null: another one is at it.
 */
export async function sweepAccounts({ database, clock }: Pick<App, 'database' | 'clock'>): Promise<number | null> {
  const now = clock.now().toISOString()
  const [row] = await database.sql<{ mine: boolean; swept: number }[]>`
    with mine as materialized (select pg_try_advisory_xact_lock(${SWEEP_LOCK}) as mine),
    over as (select ${now}::timestamptz - make_interval(days => ${KEPT_DAYS}) as at from mine where mine),
    old_sessions as (delete from sessions using over where expires_at < over.at returning 1),
    -- A family goes as a whole: one of its used tokens that comes again must still end the rest.
    old_refresh_tokens as (
      delete from refresh_tokens using over where expires_at < over.at and not exists (
        select 1 from refresh_tokens as later where later.family = refresh_tokens.family and later.expires_at >= over.at)
      returning 1),
    old_account_tokens as (delete from account_tokens using over where expires_at < over.at returning 1),
    old_tries as (delete from tries using over where ends_at < ${now} returning 1)
    select mine, (select count(*) from old_sessions)::int + (select count(*) from old_refresh_tokens)::int
      + (select count(*) from old_account_tokens)::int + (select count(*) from old_tries)::int as swept from mine`
  return row?.mine ? row.swept : null
}
