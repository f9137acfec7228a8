import type { Clock } from '#lib/time.ts'
import { systemClock } from '#lib/time.ts'
import { openDatabase, type Sql } from '#server/db/client.ts'
import type { Engine, StartInput } from '#server/engine/port.ts'
import { createPostgresEngine } from '#server/engine/postgres/client/engine.ts'
import type { WorkerPorts } from '#server/engine/postgres/worker/parts.ts'
import { testPorts } from '#server/engine/postgres/worker/testing.ts'
import { startWorker, type Worker } from '#server/engine/postgres/worker/worker.ts'
import { type Findings, findings } from '../report.ts'
import { begin as beginOn, engineOptions } from '../setting.ts'

/** Where races are run: two engines on pools of their own, as two web processes have them. */
export interface Table {
  readonly sql: Sql
  readonly found: Findings
  readonly troubles: unknown[]
  engine(i: number): Engine
  /** A worker with this executor of `call` steps. */
  employ(call?: WorkerPorts['executors'][string]): Promise<Worker>
  /** Lets the time of timers go on at once. */
  pass(ms: number): void
  close(): Promise<void>
}

export function openTable(url: string): Table {
  const pools = [1, 2].map((n) => openDatabase(url, { max: 10, name: `race ${n}` }))
  const [{ sql }] = pools as [(typeof pools)[number]]
  const troubles: unknown[] = []
  let passed = 0
  const clock: Clock = { now: () => new Date(systemClock.now().getTime() + passed) }
  const engines = pools.map((pool) => createPostgresEngine(engineOptions(pool.sql, clock, troubles)))
  return {
    sql,
    troubles,
    found: findings(),
    engine: (i) => engines[i % engines.length] as Engine,
    employ: (call) =>
      startWorker({
        ...engineOptions(sql, clock, troubles),
        ports: { ...testPorts, executors: { call } },
        id: null,
        concurrency: 8,
        leaseSeconds: 30,
        pollMs: 5,
        drainMs: 1_000,
      }),
    pass: (ms) => {
      passed += ms
    },
    async close() {
      for (const one of engines) await one.close()
      for (const pool of pools) await pool.close()
    },
  }
}

/** Starts a run on one of the engines; answers its id. */
export const begin = ({ engine }: Table, i: number, input: StartInput): Promise<string> => beginOn(engine(i), input)

export interface Waiting {
  readonly run_id: string
  readonly wait_id: string
}

/** Starts a run that waits for somebody at once. */
export async function beginWaiting(table: Table, i: number, input: StartInput): Promise<Waiting> {
  const run_id = await begin(table, i, input)
  const [row] = await table.sql<{ id: string }[]>`select id from waits where run_id = ${run_id}`
  if (!row) throw new Error(`${run_id} waits for nobody`)
  return { run_id, wait_id: row.id }
}

/** The facts of a run's history, in order. */
export async function history({ sql }: Table, run_id: string): Promise<readonly string[]> {
  const rows = await sql<{ type: string }[]>`select type from run_events where run_id = ${run_id} order by seq`
  return rows.map(({ type }) => type)
}

/** As many at once, spread over the engines. */
export function atOnce<T>(n: number, act: (i: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: n }, (_, i) => act(i)))
}

export function count<T>(all: readonly T[], is: (one: T) => boolean): number {
  return all.filter(is).length
}
