import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createRandom } from '#lib/mock-ai/random.ts'
import { createApp } from '#server/app.ts'
import { openDatabase, type Sql } from '#server/db/client.ts'
import { isRetryable, retrying } from '#server/db/retrying.ts'
import { readEnv } from '#server/env.ts'
import { createApiKey } from '#server/services/api-keys/create.ts'
import type { Restart } from '../database.ts'
import { hire } from '../hired.ts'
import { bundle, endProcess } from '../process.ts'
import { repeatedly } from '../repeatedly.ts'
import { acceptedOf, type Findings, findings, type ProofReport } from '../report.ts'
import { publish, untilOver, written } from '../setting.ts'
import { eachOnce, nothingLost, outputsEqual } from '../storm/checks.ts'
import { openLedger } from '../storm/ledger-client.ts'
import { employPeople, type People, timesSaid } from '../storm/people.ts'
import { stormSteps, stormText } from '../storm/work.ts'
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
  // Anything else than "come again" ends the proof.
  const people = employPeople({ sql, engine: app.engine, ledger }, isRetryable)
  try {
    await Promise.all(workers.map(({ ready }) => ready))
    const steps = stormSteps(sizes.steps)
    const { workflow_id } = await publish(sql, written(stormText(steps, ledger.url)))
    const actor = { kind: 'system', name: 'proof' } as const
    const ctx = { app, actor, requestId: 'proof', ip: null }
    const { key } = await createApiKey({ ctx, input: { name: 'proof', role: 'admin', rate_limit: 100_000 } })
    const callers = openCallers(app, key, found)
    const acknowledged = new Map<number, string>()
    const faults = planFaults(sizes, seed)
    const overMs = faults.reduce((sum, { afterMs }) => sum + afterMs, 0)
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
    const looking = repeatedly(50, () => callers.look(acknowledged.get(0) ?? 'run_none'))
    await Promise.all([offer(), rage()])
    await untilOver(sql, CALM_MS)
    await looking.stop()
    await people.stop()
    const after = { sql, workflow_id, steps, acknowledged, people }
    const { done, repeat } = timesSaid(people)
    const figures = {
      seed,
      'connections all cut': sizes.cuts,
      'servers restarted': sizes.restarts,
      'servers killed': sizes.crashes,
      'starts accepted': acceptedOf(sizes.runs, acknowledged.size, found),
      ...(await nothingLost(after, found)),
      ...(await eachOnce(after, found)),
      ...(await outputsEqual(after, found)),
      ...effectsOnce(ledger.records(), people, found),
      'unknown effects asked': done + repeat,
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
    await Promise.allSettled([people.stop()])
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
  readonly ready: Promise<void>
  readonly troubles: readonly string[]
  end(): Promise<void>
}

function employ(program: string, url: string, name: string, { expect }: Findings): WorkerProcess {
  const troubles: string[] = []
  const args = [url, name, name, String(LEASE_SECONDS)]
  const { child, ready } = hire(program, args, (trouble) => troubles.push(trouble))
  let ending = false
  child.once('exit', (code, signal) => expect(ending, `a worker ended with ${signal ?? code}`))
  return {
    ready,
    troubles,
    async end() {
      ending = true
      await endProcess(child)
    },
  }
}

/** I3: what goes out once did; what was sent again went out under the same key, because its answer could not be written. */
function effectsOnce(
  records: readonly { readonly key: string; readonly method: string }[],
  { said }: People,
  { expect }: Findings,
) {
  const byKey = Map.groupBy(records, ({ key }) => key)
  let unasked = 0
  for (const [key, requests] of byKey) {
    const asked = said.get(key)?.filter((what) => what === 'repeat').length ?? 0
    const once = key.split(':')[2]?.startsWith('post_')
    if (!once || requests.length <= 1 + asked) continue
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
