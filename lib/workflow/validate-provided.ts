import type { JsonSchema } from '../json.ts'
import { declaredNames } from '../schema/declared-names.ts'
import type { InputsDefinition, WorkflowDefinition } from './definition.ts'
import type { StepDraft } from './normalise-step.ts'
import { isOutermost } from './validate-scopes.ts'

/** What comes into `runtime` from where. What is inside a step never does. */
export interface Provided {
  readonly names: ReadonlyMap<string, readonly Provider[]>
  /** The names each step gives. */
  readonly given: ReadonlyMap<StepDraft, readonly string[]>
  /** Whether names may come that nobody declared: inputs without declaration, outputs without schema. */
  readonly open: boolean
  /** Whether that is so because a part of the text could not be read: then nothing is to be said of what may be missing. */
  readonly unread: boolean
}

/** A step, or null for the inputs of the run. */
export type Provider = StepDraft | null

export function providedBy(definition: WorkflowDefinition, steps: readonly StepDraft[], inputsLost = false): Provided {
  const names = new Map<string, Provider[]>()
  const given = new Map<StepDraft, readonly string[]>()
  let open = false
  const unread = inputsLost || steps.some(({ step, sound }) => !sound && step.output_key === null)
  const add = (from: Provider, contributed: Contribution) => {
    for (const name of contributed.names) {
      const others = names.get(name)
      if (others) others.push(from)
      else names.set(name, [from])
    }
    if (from !== null) given.set(from, contributed.names)
    open ||= contributed.open
  }
  add(null, inputNames(definition.inputs))
  for (const step of steps.filter(isOutermost)) add(step, contribution(step))
  return { names, given, open, unread }
}

interface Contribution {
  readonly names: readonly string[]
  readonly open: boolean
}

const UNKNOWN: Contribution = { names: [], open: true }

function inputNames(inputs: InputsDefinition | null): Contribution {
  return inputs === null ? UNKNOWN : objectNames(inputs.schema)
}

/** The names that a step's output gives to `runtime`. */
function contribution({ step, type, sound }: StepDraft): Contribution {
  if (step.output_key !== null) return { names: [step.output_key], open: false }
  if (!type || !sound) return UNKNOWN
  const schema = type.output(step.config)
  if (schema === null) return UNKNOWN
  const own = objectNames(schema)
  if (!type.merge) return own
  const sample = Object.fromEntries(own.names.map((name) => [name, null]))
  return { names: Object.keys(type.merge(sample)), open: false }
}

/** The property names a schema tells of; open when it tells of none although it may be an object. */
function objectNames(schema: JsonSchema): Contribution {
  const names = declaredNames(schema)
  const closed = schema.additionalProperties === false && schema.patternProperties === undefined
  return { names: [...(names ?? [])], open: names === null && !closed }
}
