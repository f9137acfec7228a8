import { keyOfEffect } from '#lib/workflow/unknown-effects.ts'
import type { Sql } from '#server/db/client.ts'
import { historiesHold, nothingLeft } from '../invariants.ts'
import { acceptedOf, type Findings, percentile } from '../report.ts'
import type { ClientReport } from './client.ts'
import type { Seen } from './outside.ts'
import type { Replaced } from './places.ts'
import { CALLS, type CallName, STEPS, wordOf } from './work.ts'

/** A rolling restart that takes longer than this for one process is none. */
const DRAIN_MS = 30_000

/** Each acknowledged start has become one run, which is completed with the answer it was given; none has failed. */
export async function nothingLost(sql: Sql, reports: readonly ClientReport[], found: Findings) {
  const { expect } = found
  const rows = await sql<{ id: string; status: string; n: number; word: string | null }[]>`
    select id, status, (inputs->>'n')::int as n, outputs->>'word' as word from runs`
  const byId = new Map(rows.map((row) => [row.id, row]))
  let lost = 0
  for (const [n, id] of reports.flatMap(({ acknowledged }) => acknowledged)) {
    const run = byId.get(id)
    if (run?.status === 'completed' && run.n === n && run.word === wordOf(n)) continue
    lost++
    expect(false, `run ${n}, acknowledged as ${id}, is ${run?.status ?? 'not there'} with ${run?.word}`)
  }
  const failed = rows.filter(({ status }) => status === 'failed').length
  expect(failed === 0, `${failed} runs failed`)
  const acknowledged = reports.reduce((sum, report) => sum + report.acknowledged.length, 0)
  expect(rows.length === acknowledged, `there are ${rows.length} runs of ${acknowledged} acknowledged starts`)
  for (const trouble of reports.flatMap(({ troubles }) => troubles)) expect(false, `a client: ${trouble}`)
  await nothingLeft(sql, found)
  return { 'runs completed': rows.length - lost, lost, failed }
}

/** Each step has one attempt and was completed once, whoever began it; the outside has each effect under one key. */
export async function eachOnce(sql: Sql, reports: readonly ClientReport[], seen: readonly Seen[], found: Findings) {
  const { expect } = found
  const runs = reports.flatMap(({ acknowledged }) => acknowledged.map(([, id]) => id))
  const [steps] = await sql<{ completed: number; others: number }[]>`
    select count(*) filter (where status = 'completed' and attempt = 1)::int as completed,
      count(*) filter (where status <> 'completed' or attempt > 1)::int as others from run_steps`
  expect(steps?.completed === runs.length * STEPS, `${steps?.completed} steps of ${runs.length * STEPS} are completed`)
  expect(steps?.others === 0, `${steps?.others} attempts are not completed or not the first`)
  await historiesHold(sql, found)

  const calls = Object.keys(CALLS) as CallName[]
  const due = new Set(
    runs.flatMap((run) => calls.map((step) => keyOfEffect(run, { path: 'root', step, visit: 1, epoch: 0 }))),
  )
  const byKey = Map.groupBy(seen, ({ key }) => key)
  for (const key of due) expect(byKey.has(key), `the outside has nothing of ${key}`)
  for (const key of byKey.keys()) expect(due.has(key), `the outside has ${key}, of which no run knows`)
  let doubled = 0
  for (const [key, requests] of byKey) {
    const answered = requests.filter(({ cut }) => !cut).length
    const repeatable = requests.every(({ call }) => CALLS[call])
    if (answered === 1 && (repeatable || requests.length === 1)) continue
    doubled++
    expect(false, `${key} was sent ${requests.length} times and answered ${answered} times`)
  }
  return {
    'effects recorded': due.size,
    'effects doubled': doubled,
    'requests repeated under their key': seen.length - byKey.size,
  }
}

/** Each process ended in order and in time. */
export function drained(replaced: readonly Replaced[], { expect }: Findings) {
  const of = (role: Replaced['role']) => replaced.filter((one) => one.role === role)
  for (const { role, end, drainMs, brokenOff } of replaced) {
    expect(end === '0', `a ${role} ended with ${end}`)
    expect(drainMs <= DRAIN_MS, `a ${role} took ${Math.round(drainMs)} ms to end`)
    expect(role === 'web' || brokenOff !== null, 'a worker ended without saying how')
  }
  const given = of('worker').reduce((sum, { brokenOff }) => sum + (brokenOff ?? 0), 0)
  expect(given > 0, 'the proof is invalid: no worker had to give a step back')
  return {
    'workers replaced': of('worker').length,
    'worker drain p50, max ms': drains(of('worker')),
    'web processes replaced': of('web').length,
    'web drain p50, max ms': drains(of('web')),
    'steps given back': given,
  }
}

function drains(replaced: readonly Replaced[]): string {
  const took = replaced.map(({ drainMs }) => Math.round(drainMs))
  return took.length === 0 ? 'none' : `${percentile(took, 0.5)}, ${Math.max(...took)}`
}

/** What was offered, and how much of it was accepted. */
export function offered(reports: readonly ClientReport[], seconds: number, found: Findings) {
  const sum = (of: (report: ClientReport) => number) => reports.reduce((total, report) => total + of(report), 0)
  const offers = sum((report) => report.offered)
  const accepted = sum((report) => report.accepted)
  const missed = sum((report) => report.stream?.missed ?? 0)
  found.expect(missed === 0, `${missed} ends of runs did not come by the stream of events`)
  return {
    'starts offered': offers,
    'starts a second': (offers / seconds).toFixed(1),
    accepted: acceptedOf(offers, accepted, found),
    'forms and approvals answered': sum((report) => report.answered),
    'requests that went to another web process': sum((report) => report.elsewhere),
    'streams that went on at another': sum((report) => report.stream?.reopened ?? 0),
    'events missed by streams': missed,
  }
}
