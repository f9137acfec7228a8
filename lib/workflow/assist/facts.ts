import type { Json } from '../../json.ts'
import type { StepCatalog } from '../catalog.ts'
import type { WorkflowDefinition } from '../definition.ts'
import { normalise } from '../normalise.ts'
import { createReporter } from '../normalise-report.ts'
import type { StepDraft } from '../normalise-step.ts'
import type { SourceText } from '../parse.ts'
import { followers } from '../reach.ts'
import { graphOf } from '../validate-graph.ts'
import { type Provided, providedBy } from '../validate-provided.ts'
import { outwards } from '../validate-scopes.ts'
import { certainty } from './certain.ts'

/** What a text that may be half written tells of its steps, and of what they leave behind. */
export interface Facts {
  /** As the author wrote it. */
  readonly written: Json
  readonly definition: WorkflowDefinition
  readonly steps: readonly StepDraft[]
  readonly provided: Provided
  /** Whether a step may have run when another begins. */
  precedes(earlier: StepDraft, later: StepDraft): boolean
  /** Whether one of these has run, and given its output, on every way to a reader. */
  surely(providers: readonly StepDraft[], reader: StepDraft | undefined): boolean
}

/** null where there are no steps to speak of. */
export function factsOf(source: SourceText, catalog: StepCatalog): Facts | null {
  const draft = normalise(source, catalog, createReporter(source))
  if (draft === null) return null
  const { definition, steps } = draft
  const after = followers(graphOf(steps))
  return {
    written: source.value,
    definition,
    steps,
    provided: providedBy(definition, steps),
    // What is around a reader stands for it among the steps out there.
    precedes: (earlier, later) =>
      outwards(later).some(([id, sequence]) => sequence === earlier.sequence && after(earlier.step.id).has(id)),
    surely: certainty(steps, definition.start),
  }
}

/** The step around a place of the author's document. */
export function stepAround(facts: Facts, path: readonly (string | number)[]): StepDraft | undefined {
  // Each comes before those inside it, so the last one that fits is the innermost.
  return facts.steps.findLast((draft) => draft.path.every((part, i) => part === path[i]))
}
