import { systemClock } from '#lib/time.ts'
import type { WorkflowDefinition } from '#lib/workflow/definition.ts'
import { createPostgresEngine } from '#server/engine/postgres/client/engine.ts'
import { benchCase } from '../bench-case.ts'
import type { Bench, Measure } from '../kit/bench.ts'
import { many, paired, sleep, timed } from '../kit/measure.ts'
import { spawnWorkers } from '../kit/processes.ts'
import { CONCURRENCY, publish, startRun } from '../kit/rig.ts'
import { benchCatalog, STEPS, s10, sleeping } from '../kit/workflows.ts'

const SLEEP_MS = 200
const AT_ONCE = 10
const SLOW_RUNS = 60
const RUNS = 300
const ROUNDS = 3

/** Two worker processes beside one, on runs that wait in the queue: steps that wait for others, and steps that only commit. */
export const workersCase: Measure = async (bench) => {
  const rounds = bench.long ? ROUNDS * 3 : ROUNDS
  const slow = sleeping(SLEEP_MS)
  const waiting = (count: number) => async () =>
    (SLOW_RUNS * slow.steps.length) / (await drained(bench, slow, SLOW_RUNS, count, AT_ONCE))
  const busy = (count: number) => async () => (RUNS * STEPS) / (await drained(bench, s10, RUNS, count, CONCURRENCY))
  return [
    benchCase({
      name: 'N',
      ...(await paired(rounds, waiting(2), waiting(1))),
      unit: 'steps/s',
      note: `two worker processes on steps of ${SLEEP_MS} ms, ${AT_ONCE} at once in each; baseline: one process`,
    }),
    benchCase({
      name: 'N-S10',
      ...(await paired(rounds, busy(2), busy(1))),
      unit: 'steps/s',
      note: `two worker processes on S10, ${CONCURRENCY} steps at once in each; baseline: one process`,
    }),
  ]
}

/** Seconds that so many workers take for runs that were started before. */
async function drained(
  { database: { sql }, url }: Bench,
  definition: WorkflowDefinition,
  runs: number,
  count: number,
  concurrency: number,
): Promise<number> {
  const engine = createPostgresEngine({ sql, clock: systemClock, catalog: benchCatalog, onError: console.error })
  const workflow = await publish(sql, definition)
  await many(runs, CONCURRENCY, async () => void (await startRun(engine, workflow, {})))
  await engine.close()
  const workers = await spawnWorkers(url, count, concurrency)
  try {
    const ms = await timed(async () => {
      await workers.go()
      for (;;) {
        const [open] =
          await sql`select 1 from runs where workflow_id = ${workflow.workflow_id} and ended_at is null limit 1`
        if (!open) return
        await sleep(10)
      }
    })
    return ms / 1_000
  } finally {
    await workers.stop()
  }
}
