import { benchCase } from '../bench-case.ts'
import type { Measure } from '../kit/bench.ts'
import { createGaps } from '../kit/gaps.ts'
import { many, paired, timed } from '../kit/measure.ts'
import { plainScript } from '../kit/plain.ts'
import { CONCURRENCY, createRig } from '../kit/rig.ts'
import { STEPS, s10, s10pure } from '../kit/workflows.ts'

const RUNS = 200
const ROUNDS = 5

/** Ten cheap effectful steps and a condition, fifty runs at once: steps a second. */
export const s10Case: Measure = (bench) => throughput(bench, 'S10', RUNS)

/** The same steps pure: nothing of them needs a worker, and a run is one commit. */
export const s10PureCase: Measure = (bench) => throughput(bench, 'S10-pure', RUNS * 5)

async function throughput({ database, long }: Parameters<Measure>[0], name: 'S10' | 'S10-pure', runs: number) {
  const { sql } = database
  const gaps = createGaps()
  const rig = await createRig({ sql, call: gaps.call })
  try {
    const workflow = await rig.publish(name === 'S10' ? s10 : s10pure)
    const one = async () => void (await rig.complete(workflow))
    const script = await plainScript(sql, await rig.complete(workflow))
    await many(2 * CONCURRENCY, CONCURRENCY, one)
    await many(2 * CONCURRENCY, CONCURRENCY, script.run)
    gaps.take()
    const rate = (work: () => Promise<void>) => async () =>
      (runs * STEPS) / ((await timed(() => many(runs, CONCURRENCY, work))) / 1_000)
    const measured = await paired(long ? ROUNDS * 3 : ROUNDS, rate(one), rate(script.run))
    const timing = name === 'S10' ? '; ms from the answer of a step to the beginning of the next, under this load' : ''
    const note = `${STEPS} steps and a condition, ${CONCURRENCY} runs at once; baseline: the same rows by a script, commits a run: ${script.commits}${timing}`
    return [benchCase({ name, ...measured, unit: 'steps/s', times: gaps.take(), note })]
  } finally {
    await rig.close()
  }
}
