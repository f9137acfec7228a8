import type { Sql } from '#server/db/client.ts'
import { historiesHold } from '../invariants.ts'
import type { Findings } from '../report.ts'
import type { Crew } from './crew.ts'

type Sent = Pick<Crew, 'seen' | 'lost'>

/** The invariants, read from the tables alone. */
export async function checkHistories(sql: Sql, { seen, lost }: Sent, found: Findings): Promise<void> {
  await historiesHold(sql, found)
  const none = async (rows: Promise<readonly object[]>, broken: string): Promise<void> => {
    const all = await rows
    found.expect(all.length === 0, `${broken}: ${JSON.stringify(all.slice(0, 3))}`)
  }
  await none(
    sql`select id, status from runs where status not in ('completed', 'failed', 'canceled')`,
    'I1: a run is not over',
  )
  await none(sql`select kind, key from work`, 'work is left')
  await none(
    sql`
      select run_id, data->>'wait' as wait from run_events where type = 'wait.closed'
      group by run_id, data->>'wait' having count(*) > 1`,
    'I4: a wait closed twice',
  )
  const effects = await sql<{ key: string; completed: boolean; canceled: boolean }[]>`
    select run_id || ':' || path || ':' || step_id || ':' || visit || ':' || epoch as key, bool_or(status = 'completed') as completed,
      bool_or(status = 'canceled') as canceled
    from run_steps where type in ('call', 'write') group by 1`
  const recorded = new Set(effects.map(({ key }) => key))
  const unknown = [...seen].filter((key) => !recorded.has(key))
  found.expect(unknown.length === 0, `I3: sent and not recorded: ${unknown.slice(0, 3)}`)
  const unsent = effects.flatMap(({ key, completed }) => (completed && !seen.has(key) ? [key] : []))
  found.expect(unsent.length === 0, `I3: completed and never sent: ${unsent.slice(0, 3)}`)
  // A request may have happened or not: somebody was asked, unless its step was given up meanwhile.
  const asked = await sql<{ key: string }[]>`
    select run_id || ':' || path || ':' || step_id || ':' || (data->>'visit') || ':' || epoch as key
    from run_events where type = 'step.unknown'`
  const told = new Set([...asked, ...effects.filter(({ canceled }) => canceled)].map(({ key }) => key))
  const guessed = [...lost].filter((key) => !told.has(key))
  found.expect(guessed.length === 0, `I3: lost, and nobody was asked: ${guessed.slice(0, 3)}`)
}
