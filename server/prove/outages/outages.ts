import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { JsonObject } from '#lib/json.ts'
import { createRandom } from '#lib/mock-ai/random.ts'
import type { RunState } from '#lib/workflow/state.ts'
import { unknownEffects } from '#lib/workflow/unknown-effects.ts'
import { createApp } from '#server/app.ts'
import { openDatabase, type Sql } from '#server/db/client.ts'
import { isRetryable, retrying } from '#server/db/retrying.ts'
import type { Engine } from '#server/engine/port.ts'
import { readEnv } from '#server/env.ts'
import { createApiKey } from '#server/services/api-keys/create.ts'
import type { Restart } from '../database.ts'
import { bundle, startProcess } from '../process.ts'
import { type Findings, findings, type ProofReport } from '../report.ts'
import { CALL, publish } from '../setting.ts'
import { eachOnce, nothingLost, outputsEqual } from '../storm/checks.ts'
import { type Ledger, openLedger } from '../storm/ledger-client.ts'
import { stormSteps, stormWorkflow, wordOf } from '../storm/work.ts'
import { openCallers } from './callers.ts'

export interface OutageSizes {
  readonly runs: number
  readonly steps: number
  /** How often all connections are cut, the server restarts, and it is killed. */
  readonly cuts: number
  readonly restarts: number
  readonly crashes: number
}

export const SHORT: OutageSizes = { runs: 12, steps: 10, cuts: 4, restarts: 1, crashes: 1 }
export const LONG: OutageSizes = { runs: 200, steps: 20, cuts: 60, restarts: 15, crashes: 15 }

const LEASE_SECONDS = 2
const WORKERS = 2
/** How long after the last outage everything must be over. */
const CALM_MS = 60_000
const BY = { via: 'key', id: 'key_1', label: 'somebody' } as const

/**
 * While runs go on, the server is restarted and killed and all connections are cut, again and again. The processes stay as they
 * are, nobody mends anything, and afterwards nothing is lost and nothing doubled; callers are asked to come again at worst.
 */
export async function outages(url: string, restart: Restart, sizes: OutageSizes, seed: number): Promise<ProofReport> {
  const folder = mkdtempSync(join(tmpdir(), 'scaff-outages-'))
  const found = findings()
  const ledger = await openLedger(folder, seed, 100)
  const program = await bundle('storm/worker.ts', join(folder, 'worker.mjs'))
  const workers = Array.from({ length: WORKERS }, (_, i) => employ(program, url, `outage-${i}`, found))
  const env = readEnv({
    DATABASE_URL: url,
    SCAFF_SECRET_KEY: 'the-key-of-a-proof-0123456789-abcdefghij',
    LOG_LEVEL: 'silent',
  })
  const app = await createApp({ env, service: 'web', connections: 5 })
  const pool = openDatabase(url, { max: 2, name: 'outage driver' })
  const { sql } = pool
  const people = employPeople(sql, app.engine, ledger)
  try {
    await Promise.all(workers.map(({ ready }) => ready))
    const steps = stormSteps(sizes.steps)
    const { workflow_id } = await publish(sql, stormWorkflow(steps, ledger.url))
    const actor = { kind: 'system', name: 'proof' } as const
    const ctx = { app, actor, requestId: 'proof', ip: null }
    const { key } = await createApiKey({ ctx, input: { name: 'proof', role: 'admin', rate_limit: 100_000 } })
    const callers = openCallers(app, key, found)
    const acknowledged = new Map<number, string>()
    const faults = planFaults(sizes, seed)
    const overMs = faults.reduce((sum, { afterMs }) => sum + afterMs, 0)
    let raging = true
    const look = async () => {
      while (raging) {
        await callers.look(acknowledged.get(0) ?? 'run_none')
        await pause(50)
      }
    }
    const offer = async () => {
      await Promise.all(
        Array.from({ length: sizes.runs - 1 }, async (_, i) => {
          await pause((overMs * i) / sizes.runs)
          const run_id = await callers.start(workflow_id, i + 1)
          if (run_id) acknowledged.set(i + 1, run_id)
        }),
      )
    }
    const rage = async () => {
      for (const { afterMs, kind } of faults) {
        await pause(afterMs)
        if (kind === 'cut') await cutAll(url)
        else await restart(kind)
      }
    }
    acknowledged.set(0, (await callers.start(workflow_id, 0)) ?? '')
    const looking = look()
    await Promise.all([offer(), rage()])
    await untilOver(sql)
    raging = false
    await looking
    await people.stop()
    found.expect(
      acknowledged.size >= sizes.runs * 0.95,
      `the proof is invalid: ${acknowledged.size} starts of ${sizes.runs} were accepted`,
    )
    const after = { sql, workflow_id, steps, acknowledged, people, ledger: ledger.records() }
    const figures = {
      seed,
      'connections all cut': sizes.cuts,
      'servers restarted': sizes.restarts,
      'servers killed': sizes.crashes,
      'starts accepted': acknowledged.size,
      ...(await nothingLost(after, found)),
      ...(await eachOnce(after, found)),
      ...(await outputsEqual(after, found)),
      ...effectsOnce(after.ledger, people.repeated, found),
      'unknown effects asked': people.asked(),
      'troubles told by workers': workers.reduce((sum, { troubles }) => sum + troubles.length, 0),
      'answers by status': [...callers.told.statuses]
        .sort()
        .map(([status, n]) => `${status}: ${n}`)
        .join(', '),
      'slowest answer ms': Math.round(callers.told.slowest),
    }
    await nothingHeld(sql, found)
    return { figures, broken: found.broken }
  } finally {
    await people.stop()
    for (const worker of workers) await worker.end()
    await app.close()
    await pool.close()
    await ledger.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Seeded: the same seed brings the same outages after the same pauses. */
function planFaults({ cuts, restarts, crashes }: OutageSizes, seed: number) {
  const random = createRandom(seed)
  const kinds = [
    ...Array.from({ length: cuts }, () => 'cut' as const),
    ...Array.from({ length: restarts }, () => 'in order' as const),
    ...Array.from({ length: crashes }, () => 'by SIGKILL' as const),
  ]
  return kinds
    .map((kind) => ({ kind, place: random.next(), afterMs: 300 + Math.floor(random.next() * 900) }))
    .sort((a, b) => a.place - b.place)
}

/** All connections of everybody but its own. */
async function cutAll(url: string): Promise<void> {
  const own = openDatabase(url, { max: 1, name: 'outage' })
  try {
    await retrying(
      () => own.sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where pid <> pg_backend_pid() and datname = current_database() and backend_type = 'client backend'`,
    )
  } finally {
    await own.close()
  }
}

interface WorkerProcess {
  readonly ready: Promise<unknown>
  readonly troubles: readonly string[]
  end(): Promise<void>
}

function employ(program: string, url: string, name: string, { expect }: Findings): WorkerProcess {
  const child: ChildProcess = startProcess(program, [url, name, name, String(LEASE_SECONDS)])
  const troubles: string[] = []
  let ending = false
  child.on('message', (word: { said: string; trouble?: string }) => {
    if (word.said === 'trouble') troubles.push(word.trouble ?? '')
  })
  child.once('exit', (code, signal) => expect(ending, `a worker ended with ${signal ?? code}`))
  return {
    ready: once(child, 'message'),
    troubles,
    async end() {
      ending = true
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

/** People who answer forms and look up what a run does not know; what asks to come again is done again. */
function employPeople(sql: Sql, engine: Engine, ledger: Ledger) {
  const answered = new Set<string>()
  const repeated = new Map<string, number>()
  let asked = 0
  let stopping = false
  const round = async () => {
    const open = await sql<{ id: string; run_id: string; step_id: string; n: number }[]>`
      select waits.id, run_id, step_id, (inputs->>'n')::int as n from waits join runs on runs.id = run_id where outcome is null`
    for (const { id, run_id, step_id, n } of open) {
      const values: JsonObject = { [step_id]: wordOf(n, step_id) }
      const answer = await engine.signal(CALL, { kind: 'form', run_id, wait_id: id, generation: null, values, by: BY })
      if (answer.ok) answered.add(`${run_id} ${step_id}`)
    }
    const waiting = await sql<{ id: string; state: RunState }[]>`select id, state from runs where status = 'waiting'`
    for (const { id: run_id, state } of waiting) {
      for (const effect of unknownEffects(run_id, state).keys()) {
        const seen = await ledger.look(effect)
        const resolution = seen
          ? ({ do: 'done', result: { status: 200, headers: {}, body: seen.answer } } as const)
          : ({ do: 'repeat' } as const)
        const answer = await engine.resolve(CALL, { run_id, effect, resolution, by: BY })
        if (!answer.ok) continue
        asked += 1
        if (!seen) repeated.set(effect, (repeated.get(effect) ?? 0) + 1)
      }
    }
  }
  const living = (async () => {
    while (!stopping) {
      // Anything else than "come again" ends the proof.
      await round().catch((error: unknown) => {
        if (!isRetryable(error)) throw error
      })
      await pause(100)
    }
  })()
  return {
    answered,
    said: new Map(),
    repeated,
    asked: () => asked,
    async stop() {
      stopping = true
      await living
    },
  }
}

async function untilOver(sql: Sql): Promise<void> {
  const deadline = performance.now() + CALM_MS
  for (;;) {
    const [left] = await retrying(
      () => sql<{ over: boolean }[]>`
        select not exists (select 1 from runs where ended_at is null) and not exists (select 1 from work) as over`,
    )
    if (left?.over || performance.now() > deadline) return
    await pause(50)
  }
}

/** I3: what goes out once did; what was sent again went out under the same key, because its answer could not be written. */
function effectsOnce(
  records: readonly { readonly key: string; readonly method: string }[],
  repeated: ReadonlyMap<string, number>,
  { expect }: Findings,
) {
  const byKey = Map.groupBy(records, ({ key }) => key)
  let unasked = 0
  for (const [key, requests] of byKey) {
    const once = key.split(':')[2]?.startsWith('post_')
    if (!once || requests.length <= 1 + (repeated.get(key) ?? 0)) continue
    unasked += 1
    expect(false, `I3: ${key}, which goes out once, was sent ${requests.length} times`)
  }
  return {
    effects: byKey.size,
    'repeats, same key': records.length - byKey.size,
    'one-time requests repeated unasked': unasked,
  }
}

/** I7: nothing is left, and nothing is held by nobody. */
async function nothingHeld(sql: Sql, { expect }: Findings): Promise<void> {
  const [left] = await sql<{ work: number; runs: number }[]>`
    select (select count(*)::int from work) as work, (select count(*)::int from runs where ended_at is null) as runs`
  expect(left?.work === 0 && left.runs === 0, `I1, I7: ${left?.runs} runs and ${left?.work} rows of work are left`)
}
