import { isDeepStrictEqual } from 'node:util'
import type { Json } from '#lib/json.ts'
import type { Sql } from '#server/db/client.ts'
import { historiesHold } from '../invariants.ts'
import type { Findings } from '../report.ts'
import type { Happened } from './outside.ts'

/** What is left of some runs and of those they called, in words that do not depend on ids and times. */
export interface Trace {
  readonly runs: readonly string[]
  readonly steps: readonly string[]
  readonly answers: readonly string[]
  readonly mails: readonly string[]
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
    select json_build_object('step', s.step_id, 'path', s.path, 'visit', s.visit, 'attempt', s.attempt, 'epoch', s.epoch,
      'status', s.status, 'output', s.output::jsonb, 'error', s.error->>'code', 'child', runs.parent_run_id is not null) as row
    from run_steps s join runs on runs.id = s.run_id where s.run_id = any (${family})`
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

/** Without the headers of answers, at any depth: they tell the time. */
function plain(rows: readonly { readonly row: Json }[]): string[] {
  return rows
    .map(({ row }) => plainText(JSON.stringify(row, (name, value) => (name === 'headers' ? undefined : value))))
    .sort()
}

/** What is left where the workflow that a step calls was never begun, of a life in which it was. */
export function withoutCalled({ runs, steps, ...trace }: Trace): Trace {
  const own = (row: string) => JSON.parse(row).child === false
  return { ...trace, runs: runs.filter(own), steps: steps.filter(own) }
}

const plainText = (text: string): string =>
  text.replaceAll(/run_[a-z0-9]+/g, 'run').replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then')

async function familyOf(sql: Sql, run_ids: readonly string[]): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from runs where id = any (${[...run_ids]}) or parent_run_id = any (${[...run_ids]})`
  return rows.map(({ id }) => id)
}

/** I6, I1 and I4: what is left is what is left without a fault, with as many runs, answers and effects; `or` is right too. */
export function sameAs(expected: Trace, or: Trace | null, found: Trace, { expect }: Findings): void {
  if (isDeepStrictEqual(or, found)) return
  for (const part of ['runs', 'steps', 'answers', 'mails', 'calls'] as const) {
    const [due, is] = [expected[part], found[part]]
    if (isDeepStrictEqual(due, is)) continue
    const missing = due.filter((one) => !is.includes(one))
    const more = is.filter((one) => !due.includes(one))
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

/** When it was written what became of each effect and each mail, by their keys, on the clock of whoever wrote it. */
export async function settledAt(sql: Sql, run_ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const family = await familyOf(sql, run_ids)
  const rows = await sql<{ key: string; at: number }[]>`
    select concat_ws(':', run_id, path, step_id, visit, epoch) as key, extract(epoch from max(ended_at))::float8 * 1000 as at
    from run_steps where run_id = any (${family}) group by run_id, path, step_id, visit, epoch
    union all select id, extract(epoch from sent_at)::float8 * 1000 from messages where run_id = any (${family})`
  return new Map(rows.map(({ key, at }) => [key, at]))
}

/** The key of a mail is its id, and that of a model names the try within the attempt too. */
function settledKey({ key, what }: Happened): string {
  if (what === 'mail') return key.replace(/^<|@.*$/g, '')
  return what === 'model' ? key.replace(/:\d+$/, '') : key
}

/**
 * I3: what came outside more than once came under the same key and from a process that is gone, of a kind that may be repeated
 * unasked, and only when its end fell between effect and commit. Answers how many repeats there were.
 */
export function repeatsOf(
  happened: readonly Happened[],
  { settled, gone }: { readonly settled: ReadonlyMap<string, number>; readonly gone: ReadonlyMap<string, number> },
  { expect }: Findings,
): number {
  let repeats = 0
  for (const [key, times] of Map.groupBy(happened, (one) => one.key)) {
    // What fails at its first try is tried again by the step's own policy.
    const due = key.includes(':shaky:') ? 2 : 1
    for (const [i, one] of times.slice(due).entries()) {
      const before = times[due + i - 1]?.by ?? ''
      const [end, commit] = [gone.get(before), settled.get(settledKey(one))]
      repeats += 1
      expect(end !== undefined && before !== one.by, `I3: ${key} was sent again although its sender lived`)
      expect(
        end !== undefined && commit !== undefined && commit >= end,
        `I3: ${key} was sent again although the crash did not hit between effect and commit`,
      )
      const once = one.what === 'call' && one.method === 'POST' && !key.includes(':keyed:')
      expect(!once, `I3: ${key}, which goes out once, was sent again unasked`)
    }
  }
  return repeats
}
