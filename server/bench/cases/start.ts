import { benchCase, median } from '../bench-case.ts'
import type { Measure } from '../kit/bench.ts'
import { many, timed } from '../kit/measure.ts'
import { plainScript } from '../kit/plain.ts'
import { createRig } from '../kit/rig.ts'
import { asked } from '../kit/workflows.ts'

const AT_ONCE = 100
const ROUNDS = 10

/** A hundred starts at once at the port: how long each waits for its answer. */
export const startCase: Measure = async ({ database, long }) => {
  const { sql } = database
  const rig = await createRig({ sql })
  try {
    const workflow = await rig.publish(asked)
    const script = await plainScript(sql, await rig.start(workflow))
    const starts = () => burst(() => rig.start(workflow))
    const commits = () => burst(script.run)
    await starts()
    await commits()
    const times: number[] = []
    const plain: number[] = []
    for (let i = 0; i < (long ? ROUNDS * 5 : ROUNDS); i++) {
      times.push(...(await starts()))
      plain.push(...(await commits()))
    }
    const note = `${AT_ONCE} starts at once at the engine port, without HTTP; baseline: the same rows by a script, as many at once`
    return [benchCase({ name: 'START', value: median(times), unit: 'ms', baseline: median(plain), times, note })]
  } finally {
    await rig.close()
  }
}

async function burst(work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  await many(AT_ONCE, AT_ONCE, async () => void times.push(await timed(work)))
  return times
}
