import { scopeOf } from '#lib/workflow/context.ts'
import type { RunData } from '#lib/workflow/data.ts'
import type { ActivityRef } from '#lib/workflow/events.ts'
import type { Program } from '#lib/workflow/program.ts'
import type { Attempted, VirtualClock } from '#lib/workflow/simulate.ts'

type Execute = (activity: ActivityRef, key: string) => Promise<Attempted>

/** Said with the step's input, where whoever looks for the answer's origin looks. */
const NOT_CALLED =
  'A test run starts no other workflow, so what this one answers is not known. An empty object stands for it: what reads a part of it finds nothing.'

/** Answers for steps that call a workflow, which is not there; every other attempt is executed. */
export function standInCalls(
  clock: VirtualClock,
  run: () => { readonly program: Program; readonly data: RunData },
  execute: Execute,
): Execute {
  return async (activity, key) => {
    const { program, data } = run()
    const step = program.step(activity.step)
    const type = step && program.type(step)
    if (!step || type?.behavior !== 'call') return execute(activity, key)
    const { workflow, inputs } = type.call(step.config, scopeOf(program, data, clock.now(), activity.path))
    return { ok: true, result: { input: { workflow, inputs, note: NOT_CALLED }, output: {}, ai_calls: [] } }
  }
}
