import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createRandom, type Random } from '#lib/mock-ai/random.ts'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { systemClock } from '#lib/time.ts'
import { openDatabase, type Sql } from '#server/db/client.ts'
import { createPostgresEngine } from '#server/engine/postgres/client/engine.ts'
import { bundle } from '../process.ts'
import { type Findings, findings, type ProofReport } from '../report.ts'
import { publish } from '../setting.ts'
import { type Aftermath, eachOnce, effectsAgree, nothingLost, outputsEqual, SWEEP_MS, takenOver } from './checks.ts'
import { type Fleet, openFleet } from './fleet.ts'
import { openLedger } from './ledger-client.ts'
import { employPeople } from './people.ts'
import { offerStarts, type Starts, startOne } from './starts.ts'
import { stormSteps, stormWorkflow } from './work.ts'

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

/** How much of what was offered must have been accepted for the proof to say anything. */
const ACCEPTED_LEAST = 0.95
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
  const found = findings()
  const troubles: unknown[] = []
  const onError = (error: unknown) => void troubles.push(error)
  const ledger = await openLedger(folder, seed, sizes.slowestMs)
  const program = await bundle('storm/worker.ts', join(folder, 'worker.mjs'))
  const fleet = openFleet({ program, url, sql, size: sizes.workers, leaseSeconds: sizes.leaseSeconds })
  const engine = createPostgresEngine({ sql, clock: systemClock, catalog: stepCatalog, onError })
  const people = employPeople(sql, engine, ledger)
  try {
    const steps = stormSteps(sizes.steps)
    const workflow = await publish(sql, stormWorkflow(steps, ledger.url))
    await fleet.ready()
    const calm = new Map([[0, await startOne(engine, workflow, 0)]])
    await untilOver(sql, CALM_MS)
    const without = await outputsEqual({ sql, steps, acknowledged: calm }, found)
    found.expect(
      without['runs whose outputs differ'] === 0,
      'the proof is invalid: it knows not what a run without faults gives',
    )
    const plan = planKills(createRandom(seed), sizes)
    const overMs = plan.reduce((sum, { afterMs }) => sum + afterMs, 0)
    const [starts] = await Promise.all([
      offerStarts(engine, workflow, { runs: sizes.runs, overMs }),
      killAll(fleet, plan),
    ])
    await untilOver(sql, CALM_MS)
    await people.stop()
    const acknowledged = new Map([...calm, ...starts.acknowledged])
    const { workflow_id } = workflow
    const after: Aftermath = { sql, workflow_id, steps, acknowledged, people, fleet, ledger: ledger.records() }
    const figures = {
      seed,
      ...offered(starts, fleet, found),
      ...(await nothingLost(after, found)),
      ...(await eachOnce(after, found)),
      ...effectsAgree(after, found),
      'unknown effects: done, to be repeated': said(after),
      ...(await outputsEqual(after, found)),
      'lease s': sizes.leaseSeconds,
      ...(await takenOver(after, sizes.leaseSeconds * 1_000 + SWEEP_MS, found)),
      'troubles told by workers': fleet.troubles.length,
    }
    found.expect(troubles.length === 0, `the engine of the driver reported ${troubles.length} troubles: ${troubles[0]}`)
    return { figures, broken: found.broken }
  } finally {
    await people.stop()
    await fleet.close()
    await engine.close()
    await ledger.close()
    await pool.close()
    rmSync(folder, { recursive: true, force: true })
  }
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
function offered({ offered, accepted, retried }: Starts, { kills }: Fleet, { expect }: Findings) {
  const share = accepted / offered
  const hits = kills.filter(({ held }) => held > 0).length
  const percent = (100 * share).toFixed(1)
  expect(
    share >= ACCEPTED_LEAST,
    `the proof is invalid: ${percent} % of the offered starts were accepted, 95 % are needed`,
  )
  expect(
    hits >= kills.length / 2,
    `the proof is invalid: ${hits} of ${kills.length} kills hit a worker that was at work`,
  )
  return {
    'starts offered': offered,
    'accepted at once': `${accepted} (${percent} %)`,
    'starts offered again': retried,
    'workers killed': kills.length,
    'of them at work': hits,
  }
}

function said({ people }: Aftermath): string {
  const all = [...people.said.values()].flat()
  const done = all.filter((what) => what === 'done').length
  return `${done}, ${all.length - done}`
}

/** Waits until no run goes on; those that never end are told by the checks. */
async function untilOver(sql: Sql, ms: number): Promise<void> {
  const deadline = performance.now() + ms
  const going = () => sql`select 1 from runs where ended_at is null limit 1`
  const held = () => sql`select 1 from work limit 1`
  while (((await going()).length > 0 || (await held()).length > 0) && performance.now() < deadline) await pause(50)
}
