import type { WorkflowDefinition } from '../definition.ts'
import type { Absence } from './findings.ts'
import { typeOfSchema } from './from-schema.ts'
import type { Found, TypeScope } from './scope.ts'
import type { State } from './state.ts'
import {
  ABSENT,
  join,
  NULL,
  objectOf,
  openObject,
  present,
  TEXT,
  type Type,
  typeOfConstant,
  UNKNOWN,
  under,
  WHOLE,
} from './type.ts'

/** Why a name may have no value where it is read. */
export interface Explain {
  /** null: nothing is to be said, because it is told elsewhere or nobody can know. */
  name(name: string, found: Type | undefined, open: boolean): Absence | null
  step(id: string, found: Type | undefined): Absence | null
}

const MAYBE_TEXT = join(TEXT, NULL)

const PROFILE = objectOf(['user_id', 'user_email', 'user_role', 'name', 'agent_id'].map((name) => [name, MAYBE_TEXT]))
const RUN = objectOf([
  ...['id', 'workflow_id', 'workflow_name'].map((name) => [name, TEXT] as const),
  ['workflow_version', WHOLE],
])

/** The namespaces of a run, as they are known in a state. */
export function scopeOf(state: State, definition: WorkflowDefinition, explain: Explain): TypeScope {
  const read = (root: string, name: string): Found => {
    switch (root) {
      case 'runtime':
        return readName(state, name, explain)
      case 'steps':
        return readStep(state, name, explain)
      case 'inputs':
        return { type: inputType(definition, name), absence: null }
      case 'static':
        return { type: constantType(definition, name), absence: null }
      case 'profile':
        return { type: fixed(PROFILE, name), absence: null }
      case 'run':
        return { type: fixed(RUN, name), absence: null }
      case 'env':
      case 'secrets':
        return { type: TEXT, absence: null }
      default:
        return { type: UNKNOWN, absence: null }
    }
  }
  return { read, whole: (root) => whole(root, state, definition) }
}

function readName({ names, open }: State, name: string, explain: Explain): Found {
  const found = names.get(name)
  if (found && !found.absent) return { type: found, absence: null }
  const absence = explain.name(name, found, open)
  if (open || absence === null) return { type: UNKNOWN, absence }
  return { type: found ?? ABSENT, absence }
}

function readStep({ steps }: State, id: string, explain: Explain): Found {
  const found = steps.get(id)
  // Whatever else is asked of a step is told of elsewhere.
  const type = openObject([['output', found === undefined ? ABSENT : present(found)]])
  if (found && !found.absent) return { type, absence: null }
  const absence = explain.step(id, found)
  return { type: absence === null ? UNKNOWN : found === undefined ? ABSENT : type, absence }
}

/** A name that is not declared is told of elsewhere. */
function inputType({ inputs }: WorkflowDefinition, name: string): Type {
  const object = inputs === null ? null : typeOfSchema(inputs.schema).object
  if (object === null) return UNKNOWN
  const type = under(object, name)
  return object.properties.has(name) ? present(type) : UNKNOWN
}

function constantType({ static: constants }: WorkflowDefinition, name: string): Type {
  const value = Object.hasOwn(constants, name) ? constants[name] : undefined
  return value === undefined ? UNKNOWN : typeOfConstant(value)
}

/** Names that these namespaces do not have are told of elsewhere. */
function fixed({ object }: Type, name: string): Type {
  return object?.properties.get(name) ?? UNKNOWN
}

function whole(root: string, { names, open, steps }: State, { inputs }: WorkflowDefinition): Type {
  switch (root) {
    case 'runtime':
      return open ? openObject(names.all()) : objectOf(names.all())
    case 'steps':
      return objectOf(
        [...steps.all()].map(([id, output]) => [
          id,
          { ...objectOf([['output', present(output)]]), absent: output.absent },
        ]),
      )
    case 'inputs':
      return inputs === null ? UNKNOWN : typeOfSchema(inputs.schema)
    case 'profile':
      return PROFILE
    case 'run':
      return openObject(RUN.object?.properties ?? [])
    default:
      return UNKNOWN
  }
}
