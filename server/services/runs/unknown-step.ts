import { ScaffError } from '#lib/errors.ts'
import type { WorkflowDefinition } from '#lib/workflow/definition.ts'

/** The refusal of a step to begin at that the workflow does not have, with those it has. */
export function unknownStep(definition: WorkflowDefinition, step: string | null): ScaffError {
  const steps = definition.steps.map(({ id }) => id).join(', ')
  return new ScaffError('run.unknown_step', `The workflow has no step ${step} to begin at. Its steps are: ${steps}.`)
}
