import type { ValueMaker } from './contracts/runs.ts'
import { foldContext } from './workflow/context.ts'
import type { OutputSource, RunData } from './workflow/data.ts'
import type { Program } from './workflow/program.ts'

export interface Makers {
  /** By the name of the value in `runtime`. */
  readonly made: Record<string, ValueMaker>
  /** By step: where its latest output came from. */
  readonly steps: Record<string, OutputSource>
}

/** Who made each value of the context: the step that wrote it last, or whoever gave it at the start. */
export function makersOf(program: Program, data: RunData): Makers {
  const made = new Map<string, ValueMaker>(Object.keys(data.inputs).map((name) => [name, { step: null, source: null }]))
  const steps = new Map<string, OutputSource>()
  for (const entry of data.outputs) {
    if (entry.path !== 'root') continue
    steps.set(entry.step, entry.source)
    const { runtime } = foldContext(program, { ...data, inputs: {}, outputs: [entry] })
    for (const name of Object.keys(runtime)) made.set(name, { step: entry.step, source: entry.source })
  }
  // Names come from people and models, so `__proto__` must be a name like another.
  return { made: Object.fromEntries(made), steps: Object.fromEntries(steps) }
}
