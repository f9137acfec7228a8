import { isDeepStrictEqual } from 'node:util'
import type { Json, JsonObject } from '#lib/json.ts'
import { keyOfEffect } from '#lib/workflow/unknown-effects.ts'
import type { Sql } from '#server/db/client.ts'
import { historiesHold, nothingLeft, SWEEP_MS } from '../invariants.ts'
import { type Findings, percentile } from '../report.ts'
import type { Fleet } from './fleet.ts'
import { leaseEnds, leasesLost } from './leases.ts'
import type { LedgerRecord } from './ledger-client.ts'
import type { People } from './people.ts'
import { expectedOutputs, isEffect, REST_MS, type StormStep } from './work.ts'

export interface Aftermath {
  readonly sql: Sql
  readonly workflow_id: string
  readonly steps: readonly StormStep[]
  /** Run by number: what the driver was promised. */
  readonly acknowledged: ReadonlyMap<number, string>
  readonly people: Pick<People, 'answered' | 'said'>
  readonly ledger: readonly LedgerRecord[]
  /** Whether the sender of a request was lost before the next one under its key. */
  readonly lost: (request: LedgerRecord, next: LedgerRecord) => boolean
}

/** I1: each acknowledged start has become one run, and that one is over; each acknowledged answer stands in it. */
export async function nothingLost(
  { sql, workflow_id, acknowledged, people }: Pick<Aftermath, 'sql' | 'workflow_id' | 'acknowledged' | 'people'>,
  { expect }: Findings,
) {
  const rows = await sql<{ id: string; status: string; n: number }[]>`
    select id, status, (inputs->>'n')::int as n from runs where workflow_id = ${workflow_id}`
  const byId = new Map(rows.map((row) => [row.id, row]))
  let lost = 0
  for (const [n, id] of acknowledged) {
    const run = byId.get(id)
    if (run?.status === 'completed' && run.n === n) continue
    lost++
    expect(false, `I1: run ${n}, acknowledged as ${id}, is ${run?.status ?? 'not there'}`)
  }
  expect(rows.length === acknowledged.size, `I1: ${rows.length} runs of ${acknowledged.size} starts`)
  const submitted = await sql<{ form: string }[]>`
    select run_id || ' ' || step_id as form from waits where outcome = 'submitted'`
  const kept = new Set(submitted.map(({ form }) => form))
  for (const form of people.answered) expect(kept.has(form), `I1: the acknowledged answer to ${form} is not kept`)
  return { lost, 'runs beyond the starts': rows.length - acknowledged.size, 'forms answered': people.answered.size }
}

/** I2: every step was visited, and each visit completed once, in histories that hold. I5: no timer is early. */
export async function eachOnce(
  { sql, steps, acknowledged }: Pick<Aftermath, 'sql' | 'steps' | 'acknowledged'>,
  found: Findings,
) {
  const { expect } = found
  const { visits, doubled } = await historiesHold(sql, found)
  const due = acknowledged.size * steps.length
  expect(visits === due, `I2: ${visits} visits were completed, ${due} were due`)
  const early = await sql<{ run_id: string; step_id: string }[]>`
    select run_id, step_id from run_steps
    where type = 'delay' and ended_at < started_at + make_interval(secs => ${REST_MS / 1_000})`
  for (const { run_id, step_id } of early) expect(false, `I5: ${step_id} of ${run_id} went on early`)
  return { 'steps completed': visits, 'duplicated commits': doubled, 'timers early': early.length }
}

/** I3: what the ledger saw is what the runs tell; a repeat has the same key and a sender that was lost. */
export function effectsAgree(
  { steps, acknowledged, people, lost, ledger: records }: Omit<Aftermath, 'sql' | 'workflow_id'>,
  { expect }: Findings,
) {
  const due = new Set<string>()
  for (const run_id of acknowledged.values())
    for (const step of steps.filter(isEffect))
      due.add(keyOfEffect(run_id, { path: 'root', step: step.id, visit: 1, epoch: 0 }))
  const seen = Map.groupBy(records, ({ key }) => key)
  for (const key of due) expect(seen.has(key), `I3: ${key} is recorded as done, the ledger has nothing of it`)
  for (const key of seen.keys()) expect(due.has(key), `I3: the ledger has ${key}, of which no run knows`)
  const once = new Set(steps.filter(({ kind }) => kind === 'post').map(({ id }) => id))
  let repeats = 0
  let unasked = 0
  for (const [key, requests] of seen) {
    repeats += requests.length - 1
    const step = key.split(':')[2] ?? ''
    const asked = people.said.get(key)?.filter((what) => what === 'repeat').length ?? 0
    if (once.has(step) && requests.length > 1 + asked) {
      unasked++
      expect(false, `I3: ${key}, which goes out once, was sent ${requests.length} times and asked for ${asked} times`)
    }
    for (const [i, next] of requests.slice(1).entries()) {
      const before = requests[i] as LedgerRecord
      expect(lost(before, next) || asked > 0, `I3: ${key} was sent again although its sender ${before.worker} lived`)
    }
  }
  return {
    'effects recorded': due.size,
    'effects seen outside, by key': seen.size,
    'requests seen outside': records.length,
    'repeats, same key': repeats,
    'one-time requests repeated unasked': unasked,
  }
}

/** I6: every output is what it would have been without a fault. */
export async function outputsEqual(
  { sql, steps, acknowledged }: Pick<Aftermath, 'sql' | 'steps' | 'acknowledged'>,
  { expect }: Pick<Findings, 'expect'>,
) {
  let differ = 0
  for (const [n, run_id] of acknowledged) {
    const expected = expectedOutputs(steps, n)
    const [run] = await sql<{ outputs: Json }[]>`select outputs from runs where id = ${run_id}`
    const rows = await sql<{ step_id: string; output: Json }[]>`
      select step_id, output from run_steps where run_id = ${run_id} and status = 'completed' order by seq`
    const same =
      isDeepStrictEqual(run?.outputs, expected.outputs) &&
      isDeepStrictEqual(
        rows.map(({ step_id, output }) => [step_id, withoutHeaders(output)]),
        [...expected.steps],
      )
    if (same) continue
    differ++
    expect(false, `I6: the outputs of ${run_id} are not those of run ${n} without faults`)
  }
  return { 'runs whose outputs differ': differ }
}

/** A call's answer bears the date of the day. */
function withoutHeaders(output: Json): Json {
  const { headers: _, ...rest } = output as JsonObject
  return rest
}

/** I7: what a lost worker held was taken over in time, and nothing is held by nobody. */
export async function takenOver(sql: Sql, fleet: Fleet, limitMs: number, found: Findings) {
  const { expect } = found
  const ends = await leaseEnds(sql)
  const all = [...fleet.takeovers.sameName, ...fleet.takeovers.newName]
  const p99 = percentile(all, 0.99)
  const leaseless = leasesLost(ends, fleet.lives).size
  const starved =
    leaseless > 0 ? `; ${leaseless} workers that lived lost their lease too: this machine gave them no time` : ''
  expect(p99 <= limitMs, `I7: a takeover took ${p99} ms (p99), the limit is ${limitMs}${starved}`)
  expect(fleet.open() === 0, `I7: ${fleet.open()} rows that a killed worker held were never claimed again`)
  const overdue = Math.round(Math.max(0, ...ends.map((end) => end.overdue)))
  expect(overdue <= SWEEP_MS, `I7: a lease was over for ${overdue} ms, the limit is ${SWEEP_MS}`)
  await nothingLeft(sql, found)
  return {
    'work rows taken over': all.length,
    'takeover p50 ms': percentile(all, 0.5),
    'takeover p99 ms': p99,
    'p50, p99 ms under the same name': both(fleet.takeovers.sameName),
    'p50, p99 ms under a new name': both(fleet.takeovers.newName),
    'longest lease past its end ms': overdue,
    'leases lost by living workers': leaseless,
  }
}

const both = (times: readonly number[]): string => `${percentile(times, 0.5)}, ${percentile(times, 0.99)}`
