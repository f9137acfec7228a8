import { benchCase } from '../bench-case.ts'
import type { Measure } from '../kit/bench.ts'
import { many, sleep } from '../kit/measure.ts'
import { CONCURRENCY, createRig } from '../kit/rig.ts'
import { watch } from '../kit/statements.ts'
import { asked } from '../kit/workflows.ts'

const RUNS = 2_000
const SECONDS = 10

/** Statements a second of an idle worker beside two thousand runs that wait, and beside none. */
export const waitingCase: Measure = async ({ database, url }) => {
  const watched = await watch(database, url, 8)
  const rig = await createRig({ sql: watched.database.sql })
  try {
    const perSecond = async (): Promise<number> => {
      await sleep(1_000)
      await watched.reset()
      await sleep(SECONDS * 1_000)
      const statements = await watched.read()
      return statements.reduce((sum, { calls }) => sum + calls, 0) / SECONDS
    }
    const none = await perSecond()
    const workflow = await rig.publish(asked)
    await many(RUNS, CONCURRENCY, async () => void (await rig.start(workflow)))
    const note = `statements of an idle worker while ${RUNS} runs wait for people; baseline: while none does`
    return [benchCase({ name: 'L', value: await perSecond(), unit: 'queries/s', baseline: none, note })]
  } finally {
    await rig.close()
    await watched.close()
  }
}
