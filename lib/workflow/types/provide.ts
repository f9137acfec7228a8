import type { JsonObject } from '../../json.ts'
import type { StepDraft } from '../normalise-step.ts'
import { opened, type State, withNames, withStep } from './state.ts'
import { ABSENT, join, kindsOf, present, type Type, UNKNOWN } from './type.ts'

/** The state after a step left its output: at its own place and, where it is one of the outermost, in `runtime`. */
export function provide(state: State, draft: StepDraft, output: Type): State {
  const after = withStep(state, draft.step.id, present(output))
  return draft.sequence.inside === null ? merged(after, draft, present(output)) : after
}

function merged(state: State, { step, type }: StepDraft, output: Type): State {
  if (step.output_key !== null) return withNames(state, new Map([[step.output_key, output]]))
  if (type?.merge) {
    const names = Object.entries(type.merge(PROBE)).map(
      ([name, value]) => [name, value === PROBE ? output : UNKNOWN] as const,
    )
    return withNames(state, new Map(names))
  }
  const { object } = output
  if (output.unknown) return opened(state)
  if (object === null) return state
  // Only an object merges: of what may be something else, nothing may come.
  const sure = kindsOf(output).length === 1
  if (object.properties.size === 0) return object.open ? opened(state) : state
  const names = [...object.properties].map(([name, given]) => {
    const comes = sure && !given.absent
    return [name, comes ? given : join(state.names.get(name) ?? ABSENT, given.absent ? present(given) : given)] as const
  })
  return withNames(state, new Map(names.map(([name, given]) => [name, given])))
}

/** Held against what a type merges, to see where the whole output goes. */
const PROBE: JsonObject = {}
