import type { StepExecutor } from '#lib/steps/kit.ts'
import { callExecutor } from './workflows.ts'

/** Times what lies between the answer of one step and the beginning of the next of its run. */
export interface Gaps {
  readonly call: StepExecutor
  /** What was timed since the last asking, in milliseconds. */
  take(): number[]
}

export function createGaps(): Gaps {
  const answered = new Map<string, number>()
  let gaps: number[] = []
  return {
    async call(context) {
      const run = String(context.scope.roots.run?.id)
      const before = answered.get(run)
      if (before !== undefined) gaps.push(performance.now() - before)
      const answer = await callExecutor(context)
      answered.set(run, performance.now())
      return answer
    },
    take() {
      const taken = gaps
      gaps = []
      answered.clear()
      return taken
    },
  }
}
