import type { AnyStepType, StepCatalog } from './catalog.ts'
import { allSteps, type Step, type WorkflowDefinition } from './definition.ts'

/** A definition made ready to run: steps by id, those inside others too, and the types that give them their meaning. */
export interface Program {
  readonly definition: WorkflowDefinition
  step(id: string): Step | undefined
  type(step: Step): AnyStepType | undefined
}

export function createProgram(definition: WorkflowDefinition, catalog: StepCatalog): Program {
  const steps = new Map(allSteps(definition.steps).map((step) => [step.id, step]))
  return {
    definition,
    step: (id) => steps.get(id),
    type: (step) => catalog.get(step.type),
  }
}
