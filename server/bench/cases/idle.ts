import { benchCase, median } from '../bench-case.ts'
import type { Measure } from '../kit/bench.ts'
import { createGaps } from '../kit/gaps.ts'
import { timed } from '../kit/measure.ts'
import { plainScript } from '../kit/plain.ts'
import { createRig } from '../kit/rig.ts'
import { s10 } from '../kit/workflows.ts'

const RUNS = 100

/** One run of S10 at a time, from its start at the port to its last commit; and what lies between two of its steps. */
export const idleCase: Measure = async ({ database, long }) => {
  const { sql } = database
  const gaps = createGaps()
  const rig = await createRig({ sql, call: gaps.call })
  try {
    const workflow = await rig.publish(s10)
    const script = await plainScript(sql, await rig.complete(workflow))
    const ours: number[] = []
    const plain: number[] = []
    const round = async () => {
      ours.push(await timed(() => rig.complete(workflow)))
      plain.push(await timed(script.run))
    }
    for (let i = 0; i < 20; i++) await round()
    for (const list of [ours, plain, gaps.take()]) list.length = 0
    for (let i = 0; i < (long ? RUNS * 5 : RUNS); i++) await round()
    const steps = gaps.take()
    return [
      benchCase({
        name: 'IDLE',
        value: median(ours),
        unit: 'ms',
        baseline: median(plain),
        times: ours,
        note: `one run of S10 at a time, start to last commit; baseline: its ${script.commits} commits one after the other`,
      }),
      benchCase({
        name: 'STEP',
        value: median(steps),
        unit: 'ms',
        baseline: median(plain) / script.commits,
        times: steps,
        note: 'of IDLE: from the answer of a step to the beginning of the next; baseline: one commit',
      }),
    ]
  } finally {
    await rig.close()
  }
}
