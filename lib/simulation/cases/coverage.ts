import { stepCatalog } from '#lib/steps/definitions.ts'
import type { Coverage } from '#lib/workflow/cases/report.ts'
import { allSteps, type WorkflowDefinition } from '#lib/workflow/definition.ts'
import type { HistoryEvent } from '#lib/workflow/events.ts'
import { type GraphEdge, workflowGraph } from '#lib/workflow/graph.ts'
import { takenWays } from './ways.ts'

/** How much of a workflow these histories go through. `lineOf` tells where a step stands. */
export function coverageOf(
  definition: WorkflowDefinition,
  histories: readonly (readonly HistoryEvent[])[],
  lineOf: (step: string) => number,
): Coverage {
  const steps = allSteps(definition.steps).map(({ id }) => id)
  const { edges } = workflowGraph(definition, stepCatalog)
  const run = new Set(histories.flat().flatMap((event) => (event.type === 'step.started' ? [event.step] : [])))
  const taken = new Set<GraphEdge>(histories.flatMap((history) => [...takenWays(history, edges)]))
  const missedSteps = steps.filter((step) => !run.has(step))
  const missedWays = edges.filter((edge) => !taken.has(edge))
  return {
    steps: {
      total: steps.length,
      covered: steps.length - missedSteps.length,
      missed: missedSteps.map((step) => ({ step, line: lineOf(step) })),
    },
    ways: {
      total: edges.length,
      covered: edges.length - missedWays.length,
      missed: missedWays.map(({ from, to, kind, label }) => ({ from, to, kind, label, line: lineOf(from) })),
    },
  }
}
