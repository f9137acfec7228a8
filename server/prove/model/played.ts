import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import type { Clock } from '#lib/time.ts'
import type { WorkflowDefinition } from '#lib/workflow/definition.ts'
import { workflows } from '#lib/workflow/testing/sketch.ts'
import { T0 } from '#lib/workflow/testkit.ts'
import { openDatabase, type Sql } from '#server/db/client.ts'
import { createPostgresEngine } from '#server/engine/postgres/client/engine.ts'
import { type Findings, findings, type ProofReport } from '../report.ts'
import { begin, engineOptions, publish } from '../setting.ts'
import { checkHistories } from './checks.ts'
import { startCrew } from './crew.ts'
import { seededFaults } from './faults.ts'
import { playOn } from './people.ts'
import { CALLED, outcomeOf, undisturbed } from './undisturbed.ts'

interface Played {
  readonly seed: number
  readonly runs: number
  /** Only this one of them, to look at what failed. */
  readonly only?: number
}

/** So long may nothing at all happen before a run counts as lost. */
const PATIENCE_MS = 30_000

/**
 * Random workflows of the model on the Postgres engine, all at once, while workers stop and are replaced, leases end in the
 * middle of an attempt, answers of the database are lost, and people answer twice: every invariant holds in the tables, and
 * each ends as on the memory engine, where nothing goes wrong by chance.
 */
export async function playedOnPostgres(url: string, { seed, runs, only }: Played): Promise<ProofReport> {
  const drawn = fc.sample(workflows('calm'), { seed, numRuns: runs })
  const chosen = drawn.map((definition, i) => ({ definition, i })).filter(({ i }) => only === undefined || i === only)
  const pool = openDatabase(url, { max: 12, name: 'model proof' })
  const found = findings()
  const troubles: unknown[] = []
  const faults = seededFaults(seed)
  const clock = createClock()
  const named = new Map<string, string>()
  const { sql } = pool
  const engine = createPostgresEngine(engineOptions(sql, clock, troubles))
  const called = { other: await publish(sql, CALLED.other), failing: await publish(sql, CALLED.failing) }
  const definitions = new Map([called.other, called.failing].map((one) => [one.workflow_id, one.definition]))
  const crew = await startCrew({
    ...{ sql, clock, faults, troubles },
    nameOf(run_id) {
      // A run that a step called is named by when it was first met, so its faults are another play's.
      const name = named.get(run_id) ?? `called ${named.size}`
      named.set(run_id, name)
      return name
    },
    child: (workflow) => ({ ok: true, start: workflow === 'failing' ? called.failing : called.other }),
  })
  try {
    const open: Open[] = []
    for (const { definition, i } of chosen) {
      const input = await publish(sql, definition)
      const run_id = await begin(engine, input)
      definitions.set(input.workflow_id, definition)
      named.set(run_id, `run ${i}`)
      open.push({ i, definition, run_id })
    }
    const idle = () => crew.idle(performance.now() + PATIENCE_MS)
    await playOn({ engine, sql, clock, seed, faults, definitions, idle })
    for (const one of open) await compare(sql, one, found, seed)
    await checkHistories(sql, crew, found)
  } catch (error) {
    found.broken.push(`seed ${seed}: ${error instanceof Error ? error.stack : error}`)
  } finally {
    await crew.stop()
    await engine.close()
    await pool.close()
  }
  // What the proof itself breaks is told to those who log troubles, and nothing else may be.
  const unforeseen = troubles.filter(
    (error) => !/no longer this worker's|the worker stops/.test(String((error as Error)?.cause ?? error)),
  )
  found.expect(unforeseen.length === 0, `the engine reported troubles: ${unforeseen.map(told).join('; ')}`)
  found.expect(chosen.length > 0, `invalid: seed ${seed} has no run ${only}`)
  const met = only !== undefined || Object.values(faults.count).every((count) => count > 0)
  found.expect(met, `invalid: seed ${seed} meets not every kind of fault: ${JSON.stringify(faults.count)}`)
  const figures = {
    'runs played on PostgreSQL': chosen.length,
    'attempts made to fail': faults.count.stumble,
    'leases ended in an attempt': faults.count.lease,
    'requests lost after they were sent': faults.count.sent,
    'workers replaced': faults.count.stop,
    'answers of the database lost': faults.count.answer,
    'answers of people given twice': faults.count.signal,
  }
  return { figures, broken: found.broken }
}

interface Open {
  readonly i: number
  readonly definition: WorkflowDefinition
  readonly run_id: string
}

async function compare(sql: Sql, { i, definition, run_id }: Open, found: Findings, seed: number): Promise<void> {
  const [run] = await sql<{ status: string; outputs: never }[]>`select status, outputs from runs where id = ${run_id}`
  const at_root = await sql<{ step: string; visit: number; output: never }[]>`
    select step_id as step, visit, output from run_steps
    where run_id = ${run_id} and path = 'root' and status = 'completed' order by seq`
  const disturbed = outcomeOf({ status: run?.status ?? 'gone', outputs: run?.outputs ?? null, at_root: [...at_root] })
  const alone = await undisturbed(definition)
  found.expect(
    isDeepStrictEqual(disturbed, alone),
    `I6: run ${i}: undisturbed ${JSON.stringify(alone)}, on PostgreSQL ${JSON.stringify(disturbed)}\n${JSON.stringify(definition)}\nagain: npm run prove -- model --seed ${seed} --path postgres:${i}`,
  )
}

function createClock(): Clock & { moveTo(at: string): void } {
  let now = Date.parse(T0)
  return {
    now: () => new Date(now),
    moveTo(at) {
      now = Math.max(now, Date.parse(at))
    },
  }
}

function told(error: unknown): string {
  return error instanceof Error && error.cause ? `${error.message}: ${error.cause}` : String(error)
}
