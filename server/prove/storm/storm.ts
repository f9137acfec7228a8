import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createRandom, type Random } from '#lib/mock-ai/random.ts'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { systemClock } from '#lib/time.ts'
import { openDatabase, type Sql } from '#server/db/client.ts'
import type { Engine } from '#server/engine/port.ts'
import { createPostgresEngine } from '#server/engine/postgres/client/engine.ts'
import { SWEEP_MS } from '../invariants.ts'
import { bundle } from '../process.ts'
import { acceptedOf, type Findings, findings, type ProofReport } from '../report.ts'
import { beginNumbered, publish, untilOver, written } from '../setting.ts'
import { type Aftermath, eachOnce, effectsAgree, nothingLost, outputsEqual, takenOver } from './checks.ts'
import { type Fleet, openFleet } from './fleet.ts'
import { keepLeaseEnds, leaseEnds, leasesLost } from './leases.ts'
import { type Ledger, openLedger } from './ledger-client.ts'
import { employPeople, timesSaid } from './people.ts'
import { offerStarts, type Starts } from './starts.ts'
import { stormSteps, stormText } from './work.ts'

export interface StormSizes {
  readonly runs: number
  readonly steps: number
  readonly kills: number
  /** Between two kills. */
  readonly pauseMs: readonly [number, number]
  readonly workers: number
  readonly leaseSeconds: number
  /** How long the outside takes at most for an answer. */
  readonly slowestMs: number
}

export const SHORT: StormSizes = {
  runs: 40,
  steps: 10,
  kills: 6,
  pauseMs: [700, 1_700],
  workers: 3,
  leaseSeconds: 2,
  slowestMs: 250,
}
export const LONG: StormSizes = {
  runs: 500,
  steps: 20,
  kills: 200,
  pauseMs: [1_000, 5_000],
  workers: 3,
  leaseSeconds: 5,
  slowestMs: 800,
}

/** How long after the last kill and start everything must be over. */
const CALM_MS = 60_000

/**
 * Worker processes are killed at random and replaced while runs go on, whose effects a ledger outside keeps. Afterwards
 * nothing is lost and nothing was done twice. The same seed kills the same places after the same pauses.
 */
export async function storm(url: string, sizes: StormSizes, seed: number): Promise<ProofReport> {
  const folder = mkdtempSync(join(tmpdir(), 'scaff-storm-'))
  const pool = openDatabase(url, { max: 10, name: 'storm driver' })
  const { sql } = pool
  const troubles: unknown[] = []
  const onError = (error: unknown) => void troubles.push(error)
  await keepLeaseEnds(sql)
  const ledger = await openLedger(folder, seed, sizes.slowestMs)
  const program = await bundle('storm/worker.ts', join(folder, 'worker.mjs'))
  const fleet = openFleet({ program, url, sql, size: sizes.workers, leaseSeconds: sizes.leaseSeconds })
  const engine = createPostgresEngine({ sql, clock: systemClock, catalog: stepCatalog, onError })
  const people = employPeople({ sql, engine, ledger })
  const found = findings()
  try {
    const { steps, ...went } = await rage({ sql, engine, ledger, fleet }, sizes, seed, found)
    await people.stop()
    const after = { ...went, sql, steps, people, ledger: ledger.records(), lost: await lostSender(sql, fleet) }
    const { done, repeat } = timesSaid(people)
    const figures = {
      seed,
      ...offered(went.starts, fleet, found),
      ...(await nothingLost(after, found)),
      ...(await eachOnce(after, found)),
      ...effectsAgree(after, found),
      'unknown effects: done, to be repeated': `${done}, ${repeat}`,
      ...(await outputsEqual(after, found)),
      'lease s': sizes.leaseSeconds,
      ...(await takenOver(sql, fleet, sizes.leaseSeconds * 1_000 + SWEEP_MS, found)),
      'troubles told by workers': fleet.troubles.length,
    }
    found.expect(troubles.length === 0, `the driver's engine reported ${troubles.length} troubles: ${troubles[0]}`)
    return { figures, broken: found.broken }
  } finally {
    await Promise.allSettled([people.stop()])
    await fleet.close()
    await engine.close()
    await ledger.close()
    await pool.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Scene {
  readonly sql: Sql
  readonly engine: Engine
  readonly ledger: Ledger
  readonly fleet: Fleet
}

/** One run in calm, to know what calm gives; then starts and kills side by side, until all is over. */
async function rage({ sql, engine, ledger, fleet }: Scene, sizes: StormSizes, seed: number, { expect }: Findings) {
  const steps = stormSteps(sizes.steps)
  const workflow = await publish(sql, written(stormText(steps, ledger.url)))
  await fleet.ready()
  const calm = new Map([[0, await beginNumbered(engine, workflow, 0)]])
  await untilOver(sql, CALM_MS)
  const { 'runs whose outputs differ': differ } = await outputsEqual({ sql, steps, acknowledged: calm }, { expect })
  expect(differ === 0, 'the proof is invalid: a run without faults has other outputs than those compared with')
  const plan = planKills(createRandom(seed), sizes)
  const overMs = plan.reduce((sum, { afterMs }) => sum + afterMs, 0)
  const [starts] = await Promise.all([
    offerStarts(engine, workflow, { runs: sizes.runs, overMs }),
    killAll(fleet, plan),
  ])
  await untilOver(sql, CALM_MS)
  const acknowledged = new Map([...calm, ...starts.acknowledged])
  return { steps, workflow_id: workflow.workflow_id, starts, acknowledged }
}

/** By the record of kills, and of leases that somebody else ended. */
async function lostSender(sql: Sql, { kills, lives }: Fleet): Promise<Aftermath['lost']> {
  const killedAt = new Map(kills.map(({ instance, at }) => [instance, at]))
  const leaseless = leasesLost(await leaseEnds(sql), lives)
  return ({ worker }, next) => (killedAt.get(worker) ?? Number.POSITIVE_INFINITY) <= next.at || leaseless.has(worker)
}

interface PlannedKill {
  readonly afterMs: number
  readonly place: number
  readonly sameName: boolean
}

function planKills(random: Random, { kills, pauseMs, workers }: StormSizes): PlannedKill[] {
  return Array.from({ length: kills }, () => ({
    afterMs: random.int(...pauseMs),
    place: random.int(0, workers - 1),
    sameName: random.next() < 0.5,
  }))
}

async function killAll(fleet: Fleet, plan: readonly PlannedKill[]): Promise<void> {
  for (const { afterMs, place, sameName } of plan) {
    await pause(afterMs)
    await fleet.kill(place, sameName)
  }
}

/** A storm that did not hit, or that little was offered to, proves nothing. */
function offered({ offered, accepted, retried }: Starts, { kills }: Fleet, found: Findings) {
  const hits = kills.filter(({ held }) => held > 0).length
  found.expect(
    hits >= kills.length / 2,
    `the proof is invalid: ${hits} of ${kills.length} kills hit a worker that was at work`,
  )
  return {
    'starts offered': offered,
    'accepted at once': acceptedOf(offered, accepted, found),
    'starts offered again': retried,
    'workers killed': kills.length,
    'of them at work': hits,
  }
}
