import type { RunDetail } from './contracts/runs.ts'
import type { Step } from './workflow/definition.ts'

/** The steps of a version as a run's page lists them: each before those inside it. */
export function listedSteps(steps: readonly Step[], depth = 0): RunDetail['workflow']['steps'] {
  return steps.flatMap(({ id, type, name, blocks = [] }) => [
    { id, type, name, ...(depth > 0 ? { depth } : {}) },
    ...blocks.flatMap((block) => listedSteps(block.steps, depth + 1)),
  ])
}
