import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createRandom, type Random } from '#lib/mock-ai/random.ts'
import { openDatabase } from '#server/db/client.ts'
import { repeatedly } from '../repeatedly.ts'
import { findings, type ProofReport } from '../report.ts'
import { type Aftermath, eachOnce, effectsAgree, nothingLost, outputsEqual } from '../storm/checks.ts'
import { type Ledger, openLedger } from '../storm/ledger-client.ts'
import { stormSteps, stormText } from '../storm/work.ts'
import { type Client, createClient } from './client.ts'
import { employPeopleByRest } from './people.ts'
import { isReady, KINDS, type Kind, type SupervisedApp, startApp } from './running.ts'

const RUNS = 120
const STEPS = 10
const KILLS = 12
const PAUSE_MS = [3_000, 9_000] as const
const SLOWEST_MS = 400
/** Starts go on being offered for so long after each kill. */
const OFFERED_BEYOND_MS = 2_000
/** How long after the last kill and start everything must be over. */
const CALM_MS = 120_000

/**
 * `npm start` with a folder of its own; any of its processes is killed from outside, at random, while programs start runs by
 * REST. Whoever stands beside it only starts it again when it is gone.
 */
export async function app(seed: number): Promise<ProofReport> {
  const folder = mkdtempSync(join(tmpdir(), 'scaff-app-'))
  const ledger = await openLedger(folder, seed, SLOWEST_MS)
  const running = await startApp(folder)
  try {
    await running.ready()
    return await survive(running, ledger, seed)
  } finally {
    await running.stop()
    await ledger.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function survive(running: SupervisedApp, ledger: Ledger, seed: number): Promise<ProofReport> {
  const client = createClient(running.url, running.key())
  const steps = stormSteps(STEPS)
  const { id: workflow_id } = await client.call<{ id: string }>('POST', '/workflows', {
    yaml: stormText(steps, ledger.url),
  })
  const offers = createOffers(client, workflow_id)
  const people = employPeopleByRest(client, ledger)
  const outages = watchOutages(running.url)
  const found = findings()
  const { expect } = found
  try {
    const kills = await killAll(running, planKills(createRandom(seed)), offers)
    await offers.all()
    await untilOver(client, workflow_id)
    await people.stop()
    await outages.stop()
    const pool = openDatabase(running.databaseUrl(), { max: 2, name: 'proof' })
    try {
      const { sql } = pool
      const { acknowledged } = offers
      const after: Aftermath = {
        sql,
        workflow_id,
        steps,
        acknowledged,
        people,
        ledger: ledger.records(),
        lost: nearKill(kills),
      }
      expect(kills.length === KILLS, `the proof is invalid: ${kills.length} of ${KILLS} processes were killed`)
      expect(
        acknowledged.size === RUNS,
        `the proof is invalid: ${acknowledged.size} of ${RUNS} starts were acknowledged`,
      )
      const internal = client.again.get('500') ?? 0
      expect(internal === 0, `${internal} requests were answered with 500: a database that is away is 503`)
      const figures = {
        seed,
        'starts offered': RUNS,
        'accepted at once': offers.accepted(),
        'accepted when asked again': acknowledged.size - offers.accepted(),
        'of them answered with a run there was': offers.replayed(),
        'requests made again, by why': [...client.again].map(([why, times]) => `${why}: ${times}`).join(', '),
        'processes killed': kills.length,
        'of them': KINDS.map((kind) => `${kind} ${kills.filter((kill) => kill.kind === kind).length}`).join(', '),
        'starts of the app': running.starts(),
        'longest outage ms': outages.longest(),
        ...(await nothingLost(after, found)),
        ...(await eachOnce(after, found)),
        ...effectsAgree(after, found),
        ...(await outputsEqual(after, found)),
      }
      return { figures, broken: found.broken }
    } finally {
      await pool.close()
    }
  } finally {
    await outages.stop()
    await people.stop()
  }
}

/** It takes minutes. */
const say = (text: string) => void process.stderr.write(`${text}\n`)

interface PlannedKill {
  readonly afterMs: number
  readonly kind: Kind
  /** Which of that kind, from 0 up to 1. */
  readonly which: number
}

interface Kill {
  readonly kind: Kind
  readonly at: number
}

function planKills(random: Random): PlannedKill[] {
  return Array.from({ length: KILLS }, () => ({
    afterMs: random.int(...PAUSE_MS),
    kind: random.pick(KINDS),
    which: random.next(),
  }))
}

/** One process after the other: each while starts are offered, the next one when the app is ready again. */
async function killAll(running: SupervisedApp, plan: readonly PlannedKill[], offers: Offers): Promise<Kill[]> {
  const kills: Kill[] = []
  for (const [i, { afterMs, kind, which }] of plan.entries()) {
    offers.next(RUNS / KILLS, afterMs + OFFERED_BEYOND_MS)
    await pause(afterMs)
    const pid = await untilThere(() => {
      const pids = running.processes()[kind]
      return pids[Math.floor(which * pids.length)]
    })
    if (pid === undefined) continue
    process.kill(pid, 'SIGKILL')
    kills.push({ kind, at: Date.now() })
    say(`${i + 1} of ${plan.length}: ${kind} ${pid} killed`)
    await pause(OFFERED_BEYOND_MS)
    await running.ready()
  }
  return kills
}

/** What was killed before may still be starting again. */
async function untilThere(find: () => number | undefined): Promise<number | undefined> {
  const deadline = performance.now() + 30_000
  for (;;) {
    const found = find()
    if (found !== undefined || performance.now() > deadline) return found
    await pause(50)
  }
}

interface Offers {
  /** Offers so many more, evenly over that time, whatever becomes of the earlier ones. */
  next(runs: number, overMs: number): void
  /** Resolves when all that was offered is acknowledged. */
  all(): Promise<void>
  readonly acknowledged: ReadonlyMap<number, string>
  accepted(): number
  replayed(): number
}

/** Starts under keys of their own, which they keep until they are acknowledged. */
function createOffers(client: Client, workflow_id: string): Offers {
  const acknowledged = new Map<number, string>()
  const offered: Promise<void>[] = []
  let accepted = 0
  let replayed = 0
  const one = async (n: number, afterMs: number): Promise<void> => {
    await pause(afterMs)
    const start = ['POST', '/executions', { workflow_id, inputs: { n } }, `app-${n}`] as const
    const first = await client.attempt<Started>(...start)
    const answer = first?.body ?? (await client.call<Started>(...start))
    acknowledged.set(n, answer.run_id)
    if (first) accepted++
    if (answer.replayed) replayed++
  }
  return {
    acknowledged,
    accepted: () => accepted,
    replayed: () => replayed,
    next(runs, overMs) {
      const from = offered.length
      for (let i = 0; i < runs; i++) offered.push(one(from + i + 1, (overMs / runs) * i))
    },
    all: async () => void (await Promise.all(offered)),
  }
}

interface Started {
  readonly run_id: string
  readonly replayed?: true
}

/** Waits until no run goes on; those that never end are told by the checks. */
async function untilOver(client: Client, workflow_id: string): Promise<void> {
  const deadline = performance.now() + CALM_MS
  const going = `/executions?workflow_id=${workflow_id}&status=queued,running,waiting&limit=1`
  while (performance.now() < deadline) {
    const { runs } = await client.call<{ runs: unknown[] }>('GET', going)
    if (runs.length === 0) return
    await pause(200)
  }
}

/** A worker that is killed, and one whose database or supervisor is, may have to send again what it was at. */
function nearKill(kills: readonly Kill[]): Aftermath['lost'] {
  return (request, next) => kills.some(({ at }) => at >= request.at - SLOWEST_MS && at <= next.at)
}

/** The longest time in which the app was not ready for anybody. */
function watchOutages(url: string) {
  let readyAt = performance.now()
  let longest = 0
  const looking = repeatedly(100, async () => {
    if (!(await isReady(url))) return
    longest = Math.max(longest, performance.now() - readyAt)
    readyAt = performance.now()
  })
  return { longest: () => Math.round(longest), stop: looking.stop }
}
