import { setTimeout as pause } from 'node:timers/promises'
import { systemClock } from '#lib/time.ts'
import { workflow } from '#lib/workflow/testkit.ts'
import { openDatabase, type Sql } from '#server/db/client.ts'
import { createPostgresEngine } from '#server/engine/postgres/client/engine.ts'
import { testPorts } from '#server/engine/postgres/worker/testing.ts'
import { startWorker } from '#server/engine/postgres/worker/worker.ts'
import { SWEEP_MS } from './invariants.ts'
import { endProcess, heard, source, startProcess } from './process.ts'
import { findings, type ProofReport } from './report.ts'
import { begin, engineOptions, publish } from './setting.ts'

export const LEASE_SECONDS = 2

/** Said between this process and the worker's (`zombie-worker.ts`). */
export type ZombieWord =
  | { readonly said: 'executing'; readonly key: string }
  | { readonly said: 'settled'; readonly troubles: readonly string[] }

/**
 * A worker process is stopped in the middle of an effect, past its lease; another one takes the step over and finishes
 * the run; the first wakes up, has its answer and writes it: no row of the database changes.
 */
export async function zombie(url: string, rounds: number): Promise<ProofReport> {
  const pool = openDatabase(url, { max: 5, name: 'zombie proof' })
  const found = findings()
  const troubles: unknown[] = []
  let changed = 0
  let slowest = 0
  try {
    for (let round = 0; round < rounds; round++) {
      const one = await oneRound(url, pool.sql, troubles)
      slowest = Math.max(slowest, one.takeover)
      changed += one.changed
      found.expect(one.keys.size === 1, `I3: the effect was sent under ${one.keys.size} keys`)
      found.expect(one.by === 'second', `the output that stands is of ${one.by}`)
      found.expect(one.completed === 2, `I2: ${one.completed} completed events of two steps`)
      const limit = LEASE_SECONDS * 1_000 + SWEEP_MS
      found.expect(one.takeover <= limit, `I7: taken over after ${Math.round(one.takeover)} ms, more than ${limit}`)
    }
    found.expect(changed === 0, `I7: the worker that came back changed ${changed} rows`)
    found.expect(troubles.length === 0, `the engine reported troubles: ${troubles[0]}`)
  } finally {
    await pool.close()
  }
  const figures = {
    'workers stopped and woken': rounds,
    'lease s': LEASE_SECONDS,
    'slowest takeover ms': Math.round(slowest),
    'rows changed by the one that came back': changed,
  }
  return { figures, broken: found.broken }
}

async function oneRound(url: string, sql: Sql, troubles: unknown[]) {
  const steps = [
    { id: 'one', type: 'call' },
    { id: 'two', type: 'call' },
  ]
  const input = await publish(sql, workflow(steps))
  const child = startProcess(source('zombie-worker.ts'), [url])
  const keys = new Set<string>()
  const engine = createPostgresEngine(engineOptions(sql, systemClock, troubles))
  try {
    const executing = heard(child, (word: ZombieWord) => word.said === 'executing')
    const run_id = await begin(engine, input)
    keys.add((await executing).key)
    child.kill('SIGSTOP')
    const stopped = performance.now()
    // Read when it wakes up: it then has its answer at once.
    child.send({ said: 'answer' })
    let takeover = 0
    const second = await startWorker({
      ...engineOptions(sql, systemClock, troubles),
      ports: {
        ...testPorts,
        executors: {
          call: async ({ idempotencyKey, step }) => {
            if (step.id === 'one') {
              takeover = performance.now() - stopped
              keys.add(idempotencyKey)
            }
            return { ok: true, output: { by: 'second' }, input: null }
          },
        },
      },
      id: null,
      concurrency: 2,
      leaseSeconds: LEASE_SECONDS,
      pollMs: 50,
      drainMs: 1_000,
    })
    try {
      await untilCompleted(sql, run_id)
    } finally {
      await second.stop()
    }
    const before = await versions(sql)
    const settled = heard(child, (word: ZombieWord) => word.said === 'settled')
    child.kill('SIGCONT')
    troubles.push(...(await settled).troubles)
    const after = await versions(sql)
    const [row] = await sql<{ by: string }[]>`
      select output->>'by' as by from run_steps where run_id = ${run_id} and step_id = 'one'`
    const [events] = await sql<{ n: number }[]>`
      select count(*)::int as n from run_events where run_id = ${run_id} and type = 'step.completed'`
    const changed = [...new Set([...before, ...after])].filter((v) => before.has(v) !== after.has(v)).length
    return { takeover, changed, keys, by: row?.by ?? 'nobody', completed: events?.n ?? 0 }
  } finally {
    await endProcess(child)
    await engine.close()
  }
}

/** Each row as written: PostgreSQL gives another `xmin` to whatever is written again, even with the same values. */
async function versions(sql: Sql): Promise<ReadonlySet<string>> {
  const rows = await sql<{ version: string }[]>`
    select 'run ' || id || ' ' || xmin as version from runs
    union all select 'step ' || run_id || step_id || visit || attempt || ' ' || xmin from run_steps
    union all select 'event ' || run_id || seq || ' ' || xmin from run_events
    union all select 'work ' || id || ' ' || xmin from work`
  return new Set(rows.map(({ version }) => version))
}

async function untilCompleted(sql: Sql, run_id: string): Promise<void> {
  const deadline = performance.now() + 30_000
  for (;;) {
    const [row] = await sql<{ status: string }[]>`select status from runs where id = ${run_id}`
    if (row?.status === 'completed') return
    if (performance.now() > deadline) throw new Error(`I1: ${run_id} is ${row?.status} after 30 s`)
    await pause(20)
  }
}
