import type { AnyStepType, StepCatalog } from './catalog.ts'
import { allSteps, type Step, type WorkflowDefinition } from './definition.ts'
import { targets, workflowGraph } from './graph.ts'
import { type Ways, waysOf } from './reach.ts'

/** A definition made ready to run: steps by id, those inside others too, and the types that give them their meaning. */
export interface Program {
  readonly definition: WorkflowDefinition
  step(id: string): Step | undefined
  type(step: Step): AnyStepType | undefined
  /** Whether every way from the start to a step leads through another one, or is that one. */
  leadsThrough(to: string, through: string): boolean
}

export function createProgram(definition: WorkflowDefinition, catalog: StepCatalog): Program {
  const steps = new Map(allSteps(definition.steps).map((step) => [step.id, step]))
  let ways: Ways | undefined
  return {
    definition,
    step: (id) => steps.get(id),
    type: (step) => catalog.get(step.type),
    leadsThrough(to, through) {
      ways ??= waysOf(targets(workflowGraph(definition, catalog)))
      return !ways([definition.start], through).has(to)
    },
  }
}
