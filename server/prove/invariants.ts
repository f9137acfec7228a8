import type { Sql } from '#server/db/client.ts'
import type { Findings } from './report.ts'

/** I7: what a takeover may cost beyond the lease. */
export const SWEEP_MS = 5_000

/**
 * I2, read from the tables alone: one completion for each visit of a step, no gap in any history, and nothing after the end of
 * a run but that it was reopened.
 */
export async function historiesHold(sql: Sql, { expect }: Findings): Promise<{ visits: number; doubled: number }> {
  const visits = await sql<{ run_id: string; step_id: string; times: number }[]>`
    select run_id, step_id, count(*)::int as times from run_events where type = 'step.completed'
    group by run_id, epoch, path, step_id, data->>'visit'`
  const doubled = visits.filter(({ times }) => times > 1)
  for (const { run_id, step_id, times } of doubled)
    expect(false, `I2: ${step_id} of ${run_id} was completed ${times} times`)
  const gaps = await sql<{ run_id: string; events: number; first: number; last: number }[]>`
    select run_id, count(*)::int as events, min(seq) as first, max(seq) as last from run_events
    group by run_id having count(*) <> max(seq) or min(seq) <> 1`
  for (const { run_id, events, first, last } of gaps)
    expect(false, `I2: ${run_id} has ${events} events from ${first} to ${last}`)
  const late = await sql<{ run_id: string; type: string }[]>`
    select late.run_id, late.type from run_events ended
    join run_events late on late.run_id = ended.run_id and late.seq = ended.seq + 1 and late.type <> 'run.reopened'
    where ended.type in ('run.completed', 'run.failed', 'run.canceled')`
  for (const { run_id, type } of late) expect(false, `I2: ${type} of ${run_id} follows its end`)
  return { visits: visits.length, doubled: doubled.length }
}

/** I7: nothing is left to do, and of no effect it is still said that it is under way. */
export async function nothingLeft(sql: Sql, { expect }: Findings): Promise<void> {
  const [left] = await sql<{ work: number; effects: number }[]>`
    select (select count(*)::int from work) as work, (select count(*)::int from effects) as effects`
  expect(
    left?.work === 0 && left.effects === 0,
    `I7: ${left?.work} rows of work and ${left?.effects} of effects are left`,
  )
}
