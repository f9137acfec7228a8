import { ScaffError } from '#lib/errors.ts'
import { allSteps, type WorkflowDefinition } from '#lib/workflow/definition.ts'

/** The refusal of a step to take a run up at: there is none, or it stands inside another where the run is not. */
export function noStepToRetryFrom(definition: WorkflowDefinition, step: string | null): ScaffError {
  const around = outermostAround(definition, step)
  return around === null
    ? noSuchStep(step, allSteps(definition.steps))
    : refused(`The run does not stand inside ${around}, where ${step} is. Begin at ${around}.`)
}

/** The refusal of a step to branch off at, which is one outside of all others. */
export function noStepToForkFrom(definition: WorkflowDefinition, step: string | null): ScaffError {
  const around = outermostAround(definition, step)
  return around === null
    ? noSuchStep(step, definition.steps)
    : refused(`A run does not begin at ${step}, which stands inside ${around}. Begin at ${around}.`)
}

export function noSuchStep(
  step: string | null,
  steps: readonly { readonly id: string }[],
  purpose: 'to begin at' | 'to answer' = 'to begin at',
): ScaffError {
  const ids = steps.length === 0 ? 'none' : steps.map(({ id }) => id).join(', ')
  return refused(
    `The workflow has no step ${step} ${purpose}. Its steps ${purpose === 'to answer' ? 'that ask ' : ''}are: ${ids}.`,
  )
}

function refused(message: string): ScaffError {
  return new ScaffError('run.unknown_step', message)
}

/** The step of the workflow itself inside which another stands; null for one that stands inside none, or nowhere. */
function outermostAround({ steps }: WorkflowDefinition, inner: string | null): string | null {
  const around = steps.find(({ id, blocks = [] }) => {
    return id !== inner && blocks.some((block) => allSteps(block.steps).some((step) => step.id === inner))
  })
  return around?.id ?? null
}
