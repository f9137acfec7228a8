import type { JsonSchema } from '../../json.ts'
import { isJsonObject } from '../../json.ts'
import type { SourcePath } from '../diagnostics.ts'
import type { StepDraft } from '../normalise-step.ts'
import { NAMESPACES } from '../scope.ts'
import type { Provider } from '../validate-provided.ts'
import { PROFILE, RUN } from '../validate-references.ts'
import { isOutermost, isSeenFrom, itemNames } from '../validate-scopes.ts'
import type { KnownSettings } from '../validate-settings.ts'
import { slotsOf } from '../validate-slots.ts'
import { type Facts, outputOf, property, propertyNames, schemaOf, stepAround, typeInWords } from './facts.ts'

/** A name that can be read at a place. */
export interface ReadableName {
  readonly name: string
  readonly schema: JsonSchema | null
  /** Where it comes from, in a few words. */
  readonly from: string
}

const SPACES: Readonly<Record<string, string>> = {
  static: 'constants',
  profile: 'who started the run',
  runtime: 'what came in and what steps left',
  steps: 'outputs by step',
  inputs: 'what the run was started with',
  run: 'this run',
  env: 'secrets',
  secrets: 'secrets',
}

/** Everything that can be read at a place of the document by its first name. */
export function namesAt(facts: Facts, path: SourcePath): readonly ReadableName[] {
  const step = stepAround(facts, path)
  const local = (step ? localNames(step, path) : []).map((name) => ({ name, schema: null, from: 'of this step' }))
  const items = itemNames(step ?? null)
  const loop = items === null ? [] : [...new Set(['item', ...items])]
  const spaces = NAMESPACES.filter(
    (space) => Object.hasOwn(SPACES, space) && (step === undefined || mayReadSecrets(step) || !isSecret(space)),
  )
  return [
    ...local,
    ...loop.map((name) => ({ name, schema: null, from: 'of this loop' })),
    ...runtimeNames(facts, step),
    ...spaces.map((name) => ({ name, schema: null, from: SPACES[name] ?? '' })),
  ]
}

/** What stands below a path such as `steps`, `draft`, `output`. A bare name is one of `runtime`. */
export function membersAt(
  facts: Facts,
  path: SourcePath,
  read: readonly string[],
  known: KnownSettings,
): readonly ReadableName[] {
  const [root = '', ...rest] = read
  const step = stepAround(facts, path)
  const listed = (names: Iterable<string>, from: string) =>
    [...new Set(names)].map((name) => ({ name, schema: null, from }))
  switch (root) {
    case 'profile':
      return rest.length > 0 ? [] : listed(PROFILE, 'who started the run')
    case 'run':
      return rest.length > 0 ? [] : listed(RUN, 'this run')
    case 'static': {
      if (rest.length > 0) return []
      const own = listed(Object.keys(facts.definition.static), 'in this file')
      const others = listed(known.statics ?? [], 'of the workspace')
      return [...own, ...others.filter(({ name }) => !Object.hasOwn(facts.definition.static, name))]
    }
    case 'env':
    case 'secrets':
      return rest.length > 0 ? [] : listed([...facts.definition.secrets, ...(known.secrets ?? [])], 'secret')
    case 'inputs':
      return below(facts.definition.inputs?.schema ?? null, rest, 'input')
    case 'steps':
      return stepMembers(facts, step, rest)
    case 'runtime':
      return rest.length === 0 ? runtimeNames(facts, step) : runtimeMembers(facts, step, rest)
    default:
      return runtimeMembers(facts, step, read)
  }
}

/** Who gives a name of `runtime` to what comes at this place; null is the start of the run. */
export function providersOf(facts: Facts, name: string, reader: StepDraft | undefined): readonly Provider[] {
  const all = facts.provided.names.get(name) ?? []
  return all.filter((provider) => provider === null || reader === undefined || facts.precedes(provider, reader))
}

function runtimeNames(facts: Facts, step: StepDraft | undefined): readonly ReadableName[] {
  return [...facts.provided.names.keys()].flatMap((name) => {
    const providers = providersOf(facts, name, step)
    const last = providers.at(-1)
    return last === undefined ? [] : [{ name, schema: schemaOf(name, last, facts), from: sayProviders(providers) }]
  })
}

function runtimeMembers(facts: Facts, step: StepDraft | undefined, read: readonly string[]): readonly ReadableName[] {
  const [name = '', ...rest] = read
  const provider = providersOf(facts, name, step).at(-1)
  return provider === undefined ? [] : below(schemaOf(name, provider, facts), rest, name)
}

function stepMembers(facts: Facts, reader: StepDraft | undefined, rest: readonly string[]): readonly ReadableName[] {
  const [id, part, ...deeper] = rest
  if (id === undefined) {
    return facts.steps
      .filter((draft) => (reader === undefined ? isOutermost(draft) : facts.precedes(draft, reader)))
      .map((draft) => ({ name: draft.step.id, schema: null, from: draft.type?.label ?? draft.step.type }))
  }
  const draft = facts.steps.find(({ step }) => step.id === id.toLowerCase())
  if (!draft || !isSeenFrom(reader ?? null, draft)) return []
  const schema = outputOf(draft, facts)
  if (part === undefined) return [{ name: 'output', schema, from: `of ${draft.step.id}` }]
  return part === 'output' ? below(schema, deeper, draft.step.id) : []
}

function below(schema: JsonSchema | null, rest: readonly string[], from: string): readonly ReadableName[] {
  let found = schema
  for (const part of rest) {
    if (found === null) return []
    found = /^\d+$/.test(part) && isJsonObject(found.items) ? found.items : property(found, part)
  }
  const around = found
  return around === null ? [] : propertyNames(around).map((name) => ({ name, schema: property(around, name), from }))
}

/** Names that only this part of the step can read: the parts of its response or answer. */
function localNames(draft: StepDraft, path: SourcePath): readonly string[] {
  const here = JSON.stringify(path)
  return slotsOf(draft).find((slot) => JSON.stringify(draft.at(slot.path)) === here)?.names ?? []
}

function mayReadSecrets(draft: StepDraft): boolean {
  return slotsOf(draft).some(({ secrets }) => secrets)
}

function isSecret(space: string): boolean {
  return space === 'env' || space === 'secrets'
}

export function sayProviders(providers: readonly Provider[]): string {
  const names = providers.map((provider) => (provider === null ? 'input' : provider.step.id))
  return names.length > 2 ? `${names.at(-1)} and ${names.length - 1} others` : names.join(' or ')
}

export function describe({ schema, from }: ReadableName): string {
  const type = typeInWords(schema)
  return type === null ? from : `${type} · ${from}`
}
