import type { Clock } from '#lib/time.ts'
import { systemClock } from '#lib/time.ts'
import { workflow } from '#lib/workflow/testkit.ts'
import { openDatabase, type Sql } from '#server/db/client.ts'
import type { Engine, SignalAnswer, StartInput } from '#server/engine/port.ts'
import { createPostgresEngine } from '#server/engine/postgres/client/engine.ts'
import { testPorts } from '#server/engine/postgres/worker/testing.ts'
import { startWorker } from '#server/engine/postgres/worker/worker.ts'
import { type Findings, findings, type ProofReport } from './report.ts'
import { CALL, engineOptions, publish } from './setting.ts'

export interface RaceSizes {
  readonly approvals: number
  readonly forms: number
  readonly starts: number
}

export const SHORT: RaceSizes = { approvals: 4, forms: 20, starts: 1_000 }
export const LONG: RaceSizes = { approvals: 40, forms: 200, starts: 10_000 }

/** Uses of one idempotency key at once. */
const USES = 20
const FORM_MS = 60_000

/** Many at once for what only one can have: two engines, as two web processes have them, and a worker. */
export async function races(url: string, sizes: RaceSizes): Promise<ProofReport> {
  const pools = [1, 2].map((n) => openDatabase(url, { max: 10, name: `race ${n}` }))
  const troubles: unknown[] = []
  let passed = 0
  const clock: Clock = { now: () => new Date(systemClock.now().getTime() + passed) }
  const engines = pools.map(({ sql }) => createPostgresEngine(engineOptions(sql, clock, troubles)))
  const [{ sql }] = pools as [(typeof pools)[number]]
  const engine = (i: number): Engine => engines[i % engines.length] as Engine
  const found = findings()
  try {
    const figures = {
      ...(await approvals(sql, engine, sizes.approvals, found)),
      ...(await forms(sql, engine, sizes.forms, found, clock, troubles, () => {
        passed += FORM_MS
      })),
      ...(await starts(sql, engine, sizes.starts, found)),
    }
    found.expect(troubles.length === 0, `the engine reported ${troubles.length} troubles: ${troubles[0]}`)
    return { figures, broken: found.broken }
  } finally {
    for (const one of engines) await one.close()
    for (const pool of pools) await pool.close()
  }
}

type Pick = (i: number) => Engine

/** 50 approve and 50 reject one approval at once: one is recorded and has its effect, 99 learn who it was. */
async function approvals(sql: Sql, engine: Pick, rounds: number, { expect }: Findings) {
  const gate = { id: 'gate', type: 'gate', config: { approvers: [{ email: 'manager@company.com' }] } }
  const input = await publish(sql, workflow([gate]))
  let accepted = 0
  let told = 0
  let decisions = 0
  for (let round = 0; round < rounds; round++) {
    const { run_id, wait_id } = await waiting(sql, engine(round), input)
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        engine(i).signal(CALL, {
          kind: 'approval',
          run_id,
          wait_id,
          generation: null,
          decision: i % 4 < 2 ? 'approve' : 'reject',
          comment: '',
          approver: null,
          by: { via: 'key', id: `key_${i}`, label: `person ${i}` },
        }),
      ),
    )
    const winner = answers.findIndex(({ ok }) => ok)
    accepted += count(answers, ({ ok }) => ok)
    told += count(answers, (a) => !a.ok && a.reason === 'decided' && a.decided?.by === `person ${winner}`)
    const rows = await sql<
      { decision: string; by: string }[]
    >`select decision, by->>'label' as by from approval_decisions where run_id = ${run_id}`
    decisions += rows.length
    const [recorded] = rows
    expect(recorded?.by === `person ${winner}`, `I4: ${recorded?.by} is recorded, person ${winner} was told so`)
    const status = (await engine(0).describe(run_id))?.status
    const effective = winner % 4 < 2 ? 'completed' : 'failed'
    expect(status === effective, `I4: the run is ${status}, the recorded decision means ${effective}`)
  }
  expect(accepted === rounds && decisions === rounds, `I4: ${accepted} accepted, ${decisions} recorded of ${rounds}`)
  expect(told === rounds * 99, `I4: ${told} of ${rounds * 99} losers were told who decided`)
  return { 'approvals raced by 50 + 50': rounds, accepted, decisions, 'losers told who decided': told }
}

/** Forms are submitted at the instant at which they expire: one of the two, and never both. */
async function forms(
  sql: Sql,
  engine: Pick,
  rounds: number,
  { expect }: Findings,
  clock: Clock,
  troubles: unknown[],
  expireAll: () => void,
) {
  const input = await publish(sql, workflow([{ id: 'ask', type: 'ask', config: { timeout_ms: FORM_MS } }]))
  const open = []
  for (let i = 0; i < rounds; i++) open.push(await waiting(sql, engine(i), input))
  const worker = await startWorker({
    ...engineOptions(sql, clock, troubles),
    ports: { ...testPorts, executors: {} },
    id: null,
    concurrency: 4,
    leaseSeconds: 30,
    pollMs: 5,
    drainMs: 1_000,
  })
  let submitted = 0
  let expired = 0
  try {
    expireAll()
    worker.nudge()
    // Each a little later than the one before, so that people win some and the time wins some.
    const answers = await Promise.all(
      open.map(async ({ run_id, wait_id }, i) => {
        await new Promise((resolve) => setTimeout(resolve, i * 20))
        const by = { via: 'key', id: 'key_1', label: 'somebody' } as const
        return engine(i).signal(CALL, { kind: 'form', run_id, wait_id, generation: null, values: {}, by })
      }),
    )
    await worker.idle()
    for (const [i, { run_id }] of open.entries()) {
      const closed = await sql<
        { outcome: string }[]
      >`select data->>'outcome' as outcome from run_events where run_id = ${run_id} and type = 'wait.closed'`
      const [row] = closed
      expect(closed.length === 1, `I4: the form of ${run_id} closed ${closed.length} times`)
      const won = answers[i]?.ok === true
      expect(row?.outcome === (won ? 'submitted' : 'expired'), `I4: ${row?.outcome}, and the person was told ${won}`)
      if (won) submitted++
      else expired++
    }
  } finally {
    await worker.stop()
  }
  return { 'forms submitted as they expire': rounds, submitted, expired }
}

/** Every key is used twenty times at once: one run, and everybody is told of that one. */
async function starts(sql: Sql, engine: Pick, total: number, { expect }: Findings) {
  const input = await publish(sql, workflow([{ id: 'keep', type: 'keep', config: { value: '1 + 1' } }]))
  const keys = Math.ceil(total / USES)
  let accepted = 0
  let replayed = 0
  for (let k = 0; k < keys; k++) {
    const idempotency = { key: `key-${k}`, fingerprint: 'the same' }
    const answers = await Promise.all(
      Array.from({ length: USES }, (_, i) => engine(i).start(CALL, { ...input, idempotency })),
    )
    accepted += count(answers, (a) => a.ok && !a.replayed)
    replayed += count(answers, (a) => a.ok && a.replayed)
    const told = new Set(answers.map((a) => (a.ok ? a.run_id : a.reason)))
    expect(told.size === 1, `key-${k} was answered with ${told.size} runs`)
  }
  const [rows] = await sql<
    { n: number }[]
  >`select count(*)::int as n from runs where workflow_id = ${input.workflow_id}`
  const runs = rows?.n ?? 0
  expect(runs === keys, `${runs} runs of ${keys} keys`)
  expect(accepted === keys && replayed === keys * (USES - 1), `${accepted} accepted and ${replayed} replayed`)
  return { starts: keys * USES, keys, 'starts accepted': accepted, 'starts replayed': replayed, 'distinct runs': runs }
}

async function waiting(sql: Sql, engine: Engine, input: StartInput): Promise<{ run_id: string; wait_id: string }> {
  const started = await engine.start(CALL, input)
  if (!started.ok) throw new Error(started.reason)
  const [row] = await sql<{ id: string }[]>`select id from waits where run_id = ${started.run_id}`
  if (!row) throw new Error(`${started.run_id} waits for nobody`)
  return { run_id: started.run_id, wait_id: row.id }
}

function count<T extends SignalAnswer | Awaited<ReturnType<Engine['start']>>>(
  all: readonly T[],
  is: (one: T) => boolean,
): number {
  return all.filter(is).length
}
