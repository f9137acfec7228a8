import { ensureDatabase } from '#server/boot/postgres/running.ts'
import { projectRoot } from '#server/boot/root.ts'
import { openDatabase } from '#server/db/client.ts'
import { migrateDatabase } from '#server/db/migrate.ts'
import { benchCase, median } from '../bench-case.ts'
import { type Bench, CONNECTIONS, type Measure } from '../kit/bench.ts'
import { timeLists } from '../kit/lists.ts'
import { many, paired, timed } from '../kit/measure.ts'
import { CONCURRENCY, createRig, type Published, type Rig } from '../kit/rig.ts'
import { seedCopies } from '../kit/seed.ts'
import { planOf, watch } from '../kit/statements.ts'
import { STEPS, s10 } from '../kit/workflows.ts'

const FINISHED = 1_000_000
const FEWER = 20_000
const RUNS = 200
const ROUNDS = 3
/** Statements whose plans are told: those that took longest in all. */
const TOLD = 8

/** S10 in a database full of finished runs beside an empty one, and by which plans its statements are answered there. */
export const finishedCase: Measure = async (bench) => {
  const total = bench.long ? FINISHED : FEWER
  const url = await anotherDatabase(bench.url)
  const full = openDatabase(url, { max: CONNECTIONS, name: 'bench-full' })
  const watched = await watch(full, url, CONNECTIONS)
  const empty = await createRig({ sql: bench.database.sql })
  const filled = await createRig({ sql: watched.database.sql })
  try {
    const there = await filled.publish(s10)
    const here = await empty.publish(s10)
    const one = await filled.complete(there)
    await seedCopies(full.sql, one, total)
    const ours = rate(filled, there)
    const plain = rate(empty, here)
    await plain()
    await ours()
    await watched.reset()
    const measured = await paired(bench.long ? ROUNDS * 3 : ROUNDS, ours, plain)
    await tellPlans(bench, full, await watched.read())
    const note = `S10 beside ${total} finished runs; baseline: S10 in a database without them`
    const lists = await timeLists(url, { id: one, workflow: there.workflow_id })
    return [
      benchCase({ name: 'L-finished', ...measured, unit: 'steps/s', note }),
      ...lists.map(({ name, ms }) =>
        benchCase({
          name: `L: ${name}`,
          value: median(ms),
          unit: 'ms',
          baseline: null,
          times: ms,
          note: `beside ${total} finished runs`,
        }),
      ),
    ]
  } finally {
    await empty.close()
    await filled.close()
    await watched.close()
    await full.close()
  }
}

const rate = (rig: Rig, workflow: Published) => async () =>
  (RUNS * STEPS) /
  ((await timed(() => many(RUNS, CONCURRENCY, async () => void (await rig.complete(workflow))))) / 1_000)

async function tellPlans(
  { say }: Bench,
  full: Parameters<typeof planOf>[0],
  statements: Awaited<ReturnType<Awaited<ReturnType<typeof watch>>['read']>>,
): Promise<void> {
  const queries = statements.filter(({ text }) => /^\s*(select|with|insert|update|delete)\b/i.test(text))
  for (const { text, calls, mean_ms, max_ms } of queries.slice(0, TOLD)) {
    const head = `${calls} × mean ${mean_ms.toFixed(2)} ms, longest ${max_ms.toFixed(2)} ms: ${text.replaceAll(/\s+/g, ' ').slice(0, 100)}`
    say(`${head}\n${await planOf(full, text)}\n`)
  }
}

/** Another database of the same server, as new. */
async function anotherDatabase(url: string): Promise<string> {
  const other = new URL(url)
  other.pathname = '/bench_full'
  await ensureDatabase(other.href)
  await migrateDatabase(other.href, projectRoot())
  return other.href
}
