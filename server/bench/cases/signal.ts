import { benchCase, median } from '../bench-case.ts'
import type { Measure } from '../kit/bench.ts'
import { timed } from '../kit/measure.ts'
import { plainScript } from '../kit/plain.ts'
import { BY, CALL, createRig, type Rig } from '../kit/rig.ts'
import { asked } from '../kit/workflows.ts'

const RUNS = 100

/** From a person's answer at the port to the end of the run: one effectful step follows the answer. */
export const signalCase: Measure = async ({ database, long }) => {
  const { sql } = database
  const rig = await createRig({ sql })
  try {
    const workflow = await rig.publish(asked)
    const begin = () => rig.start(workflow)
    const first = await begin()
    await answered(rig, first)
    const script = await plainScript(sql, first)
    const times: number[] = []
    const plain: number[] = []
    for (let i = -20; i < (long ? RUNS * 5 : RUNS); i++) {
      const ms = await answered(rig, await begin())
      const commit = (await timed(script.run)) / script.commits
      if (i < 0) continue
      times.push(ms)
      plain.push(commit * (script.commits - 1))
    }
    const note = `a form's answer at the port to the end of the run, one step between; baseline: ${script.commits - 1} commits of a script`
    return [benchCase({ name: 'W', value: median(times), unit: 'ms', baseline: median(plain), times, note })]
  } finally {
    await rig.close()
  }
}

/** Answers the run's form; milliseconds from then to its end. */
async function answered(rig: Rig, run_id: string): Promise<number> {
  const wait_id = (await rig.engine.describe(run_id))?.waits[0]?.wait_id ?? ''
  const began = performance.now()
  const input = { kind: 'form', run_id, wait_id, generation: null, by: BY, values: { topic: 'speed' } } as const
  const said = await rig.engine.signal(CALL, input)
  if (!said.ok) throw new Error(said.reason)
  return (await rig.ended(run_id)) - began
}
