import { isDeepStrictEqual } from 'node:util'
import type { Json } from '#lib/json.ts'
import type { Sql } from '#server/db/client.ts'
import { historiesHold } from '../invariants.ts'
import type { Findings } from '../report.ts'
import type { Happened } from './outside.ts'

/** What is left of some runs and of those they called, in words that do not depend on ids and times. */
export interface Trace {
  readonly runs: readonly Json[]
  readonly steps: readonly Json[]
  readonly answers: readonly Json[]
  readonly mails: readonly Json[]
  /** Idempotency keys that were seen outside, each once. */
  readonly calls: readonly string[]
}

/** Reads what is left of the runs of a workflow, its own and those they called. */
export async function traceOf(sql: Sql, run_ids: readonly string[], happened: readonly Happened[]): Promise<Trace> {
  const family = await familyOf(sql, run_ids)
  const runs = await sql<{ row: Json }[]>`
    select json_build_object('status', status, 'outputs', outputs, 'error', error, 'child', parent_run_id is not null) as row
    from runs where id = any (${family})`
  const steps = await sql<{ row: Json }[]>`
    select json_build_object('step', step_id, 'path', path, 'visit', visit, 'attempt', attempt, 'epoch', epoch, 'status', status,
      'output', case jsonb_typeof(output::jsonb) when 'object' then output::jsonb - 'headers' else output::jsonb end, 'error', error->>'code') as row
    from run_steps where run_id = any (${family})`
  const answers = await sql<{ row: Json }[]>`
    select json_build_object('step', step_id, 'outcome', outcome, 'by', closed_by->>'label',
      'decisions', (select json_agg(decision) from approval_decisions where wait_id = waits.id)) as row
    from waits where run_id = any (${family})`
  const mails = await sql<{ row: Json }[]>`
    select json_build_object('kind', kind, 'to', "to") as row from messages where run_id = any (${family})`
  return {
    runs: plain(runs),
    steps: plain(steps),
    answers: plain(answers),
    mails: plain(mails),
    calls: [...new Set(happened.flatMap(({ key, what }) => (what === 'mail' ? [] : [plainText(key)])))].sort(),
  }
}

function plain(rows: readonly { readonly row: Json }[]): Json[] {
  return rows.map(({ row }) => plainText(JSON.stringify(row))).sort()
}

const plainText = (text: string): string =>
  text.replaceAll(/run_[a-z0-9]+/g, 'run').replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then')

async function familyOf(sql: Sql, run_ids: readonly string[]): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from runs where id = any (${[...run_ids]}) or parent_run_id = any (${[...run_ids]})`
  return rows.map(({ id }) => id)
}

/** I6, I1 and I4: what is left is what is left without a fault, with as many runs, answers and effects. */
export function sameAs(expected: Trace, found: Trace, { expect }: Findings): void {
  for (const part of ['runs', 'steps', 'answers', 'mails', 'calls'] as const) {
    const [due, is] = [expected[part], found[part]]
    if (isDeepStrictEqual(due, is)) continue
    const missing = due.filter((one) => !is.includes(one as never))
    const more = is.filter((one) => !due.includes(one as never))
    const invariant = { runs: 'I1, I6', steps: 'I6', answers: 'I4', mails: 'I1', calls: 'I3' }[part]
    expect(
      false,
      `${invariant}: ${part}: ${is.length} instead of ${due.length}; missing ${JSON.stringify(missing)}, beyond ${JSON.stringify(more)}`,
    )
  }
}

/** I2: the histories hold. I5: nothing is early. I7: nothing is left or held. Answers how many visits were completed twice. */
export async function inOrder(sql: Sql, found: Findings): Promise<number> {
  const { expect } = found
  const { doubled } = await historiesHold(sql, found)
  const early = await sql<{ what: string }[]>`
    select step_id as what from run_steps where type = 'delay' and status = 'completed' and ended_at < (input->>'until')::timestamptz
    union all select step_id from waits where outcome = 'expired' and closed_at < expires_at
    union all select next.step_id from run_steps failed join run_steps next using (run_id, epoch, path, step_id, visit)
      where next.attempt = failed.attempt + 1 and next.started_at < failed.retry_at`
  for (const { what } of early) expect(false, `I5: ${what} went on early`)
  const fired = await sql<{ run_id: string }[]>`
    select run_id from waits where outcome = 'expired' group by run_id, step_id having count(*) > 1`
  for (const { run_id } of fired) expect(false, `I5: a timer of ${run_id} fired twice`)
  const [left] = await sql<{ work: number; effects: number; queued: number; unmarked: number }[]>`
    select (select count(*)::int from work) as work,
      (select count(*)::int from effects where exists (select 1 from work where work.id = effects.work_id)) as effects,
      (select count(*)::int from messages where status = 'queued') as queued`
  expect(
    left?.work === 0 && left.effects === 0,
    `I7: ${left?.work} rows of work and ${left?.effects} of effects are left`,
  )
  expect(left?.queued === 0, `I1: ${left?.queued} messages never went out`)
  return doubled
}

/** I1: what is marked as sent was seen outside; what nobody needs any more may have been left out. */
export async function mailed(
  sql: Sql,
  happened: readonly Happened[],
  run_ids: readonly string[],
  { expect }: Findings,
) {
  const rows = await sql<
    { id: string; status: string }[]
  >`select id, status from messages where run_id = any (${[...run_ids]})`
  for (const { id, status } of rows) {
    const seen = happened.some(({ what, key }) => what === 'mail' && key.includes(id))
    expect(
      status === 'skipped' || (status === 'sent' && seen),
      `I1: the mail ${id} is ${status}, seen outside: ${seen}`,
    )
  }
}

/**
 * I3: what came outside more than once came under the same key and from a process that was killed, of a kind that may be
 * repeated unasked, and only when the crash hit between effect and commit. Answers how many repeats there were.
 */
export function repeatsOf(
  happened: readonly Happened[],
  { mayRepeat, killed }: { readonly mayRepeat: boolean; readonly killed: ReadonlySet<string> },
  { expect }: Findings,
): number {
  let repeats = 0
  for (const [key, times] of Map.groupBy(happened, (one) => one.key)) {
    // What fails at its first try is tried again by the step's own policy.
    const due = key.includes(':shaky:') ? 2 : 1
    for (const [i, { by, method, what }] of times.slice(due).entries()) {
      const before = times[due + i - 1]?.by ?? ''
      repeats += 1
      expect(killed.has(before) && before !== by, `I3: ${key} was sent again although its sender lived`)
      expect(mayRepeat, `I3: ${key} was sent again although the crash did not hit between effect and commit`)
      const once = what === 'call' && method === 'POST' && !key.includes(':keyed:')
      expect(!once, `I3: ${key}, which goes out once, was sent again unasked`)
    }
  }
  return repeats
}
