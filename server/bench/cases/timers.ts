import { benchCase } from '../bench-case.ts'
import type { Measure } from '../kit/bench.ts'
import { many, timed } from '../kit/measure.ts'
import { plainScript } from '../kit/plain.ts'
import { CONCURRENCY, createRig, type Published, type Rig } from '../kit/rig.ts'
import { alarmed } from '../kit/workflows.ts'

const TIMERS = 10_000
const CALIBRATION = 400

/** Ten thousand timers due at one instant: seconds until all have fired, and how late each was. */
export const timersCase: Measure = async ({ database }) => {
  const { sql } = database
  const rig = await createRig({ sql })
  try {
    const workflow = await rig.publish(alarmed)
    const began = performance.now()
    const firsts = await armed(rig, workflow, CALIBRATION, new Date())
    await Promise.all(firsts.map((run_id) => rig.ended(run_id)))
    const each = (performance.now() - began) / CALIBRATION
    const due = Date.now() + Math.ceil(TIMERS * each * 2) + 2_000
    const run_ids = await armed(rig, workflow, TIMERS, new Date(due))
    if (Date.now() > due) throw new Error('The timers could not all be set before they were due.')
    // Both clocks are this process's; only the difference of the two is taken along.
    const offset = Date.now() - performance.now()
    const late = await Promise.all(run_ids.map(async (run_id) => (await rig.ended(run_id)) + offset - due))
    const early = late.filter((ms) => ms < 0).length
    if (early > 0) throw new Error(`${early} timers fired before they were due.`)
    const script = await plainScript(sql, firsts[0] ?? '')
    const plain = await timed(() => many(TIMERS / script.commits, CONCURRENCY, script.run))
    const seconds = Math.max(...late) / 1_000
    const note = `${TIMERS} timers due at one instant, until the last has fired, none early; ms after that instant; baseline: as many commits of a script`
    return [benchCase({ name: 'T', value: seconds, unit: 's', baseline: plain / 1_000, times: late, note })]
  } finally {
    await rig.close()
  }
}

/** Runs that wait for an instant. */
async function armed(rig: Rig, workflow: Published, total: number, at: Date): Promise<string[]> {
  const run_ids: string[] = []
  await many(total, CONCURRENCY, async () => void run_ids.push(await rig.start(workflow, { at: at.toISOString() })))
  return run_ids
}
