import { isJsonObject, type Json, type JsonSchema } from '../../json.ts'
import { valueAt } from '../diagnostics.ts'
import type { StepDraft } from '../normalise-step.ts'
import type { Provider } from '../validate-provided.ts'
import { PROFILE, RUN } from '../validate-references.ts'
import { isOutermost, isSeenFrom } from '../validate-scopes.ts'
import type { KnownSettings } from '../validate-settings.ts'
import type { Facts } from './facts.ts'
import { type Declaration, type Meaning, meaning, meaningOfSchema, together } from './meaning.ts'
import { idOf, meaningOfStep, outputOf } from './outputs.ts'
import { schemaRoot } from './schema-parts.ts'

/** The namespaces as a reader sees them, by name. No reader: what stands outside of all steps. */
export function namespaces(
  facts: Facts,
  reader: StepDraft | undefined,
  secrets: boolean,
  known: KnownSettings,
): ReadonlyMap<string, Meaning> {
  const { definition } = facts
  const fixed = (name: string, from: string, keys: readonly string[]) =>
    meaning({ name, from }, { members: () => keys.map((key) => meaning({ name: key, from, schema: FIXED })) })
  const all = [
    meaning({ name: 'static', from: 'constants' }, { members: () => constants(facts, secrets, known) }),
    fixed('profile', 'who started the run', PROFILE),
    meaning(
      { name: 'runtime', from: 'what came in and what steps left' },
      {
        members: () => [...facts.provided.names.keys()].flatMap((name) => runtimeName(name, facts, reader, true) ?? []),
        member: (name) => runtimeName(name, facts, reader, false),
      },
    ),
    meaning(
      { name: 'steps', from: 'outputs by step' },
      {
        members: () =>
          facts.steps.filter((draft) => isBefore(draft, reader, facts)).map((draft) => stepName(draft, facts, reader)),
        member: (name) => seenStep(name, facts, reader),
      },
    ),
    { ...inputs(facts), name: 'inputs', from: 'what the run was started with', about: null },
    fixed('run', 'this run', RUN),
    ...['env', 'secrets'].map((name) =>
      meaning({ name, from: 'secrets' }, { members: () => secretNames(definition.secrets, known) }),
    ),
  ]
  return new Map(all.map((one) => [one.name, one]))
}

const FIXED: JsonSchema = { type: 'string' }

const GIVEN = 'Given when the run is started.'

function constants({ definition }: Facts, secrets: boolean, known: KnownSettings): readonly Meaning[] {
  const own = Object.entries(definition.static).map(([name, value]) => {
    const declared: readonly Declaration[] = [{ path: ['static', name], part: 'key' }]
    return meaningOfSchema({ name, from: 'in this file', declared }, schemaRoot(schemaOfValue(value), null))
  })
  const others = (known.statics ?? []).filter(
    (name) => !Object.hasOwn(definition.static, name) && (secrets || !known.sensitive?.includes(name)),
  )
  return [...own, ...others.map((name) => meaning({ name, from: 'of the workspace' }))]
}

/** The schema that a constant fits, and no more. */
function schemaOfValue(value: Json): JsonSchema {
  if (Array.isArray(value))
    return { type: 'array', ...(value[0] === undefined ? {} : { items: schemaOfValue(value[0]) }) }
  if (isJsonObject(value)) {
    return {
      type: 'object',
      properties: Object.fromEntries(Object.entries(value).map(([key, one]) => [key, schemaOfValue(one)])),
    }
  }
  return value === null ? {} : { type: typeof value }
}

function secretNames(declared: readonly string[], known: KnownSettings): readonly Meaning[] {
  const own = declared.map((name, i) =>
    meaning({ name, from: 'secret', declared: [{ path: ['secrets', i], part: 'value' }] }),
  )
  const others = (known.secrets ?? []).filter((name) => !declared.includes(name))
  return [...own, ...others.map((name) => meaning({ name, from: 'secret of the workspace' }))]
}

/** All that was declared of a start; each field at its own place. */
function inputs({ definition, written }: Facts): Meaning {
  const { inputs } = definition
  const base = meaningOfSchema(
    { name: 'inputs', from: 'input', about: GIVEN },
    inputs && schemaRoot(inputs.schema, ['inputs']),
  )
  const placed = (one: Meaning): Meaning => {
    const field = inputs?.fields.findIndex(({ key }) => key === one.name) ?? -1
    return field < 0
      ? one
      : { ...one, declared: [{ path: ['inputs', field, ...keyOf(written, field)], part: 'value' }] }
  }
  return {
    ...base,
    members: () => base.members().map(placed),
    member(name) {
      const found = base.member(name)
      return found && placed(found)
    },
  }
}

/** The key under which a field's own name was written, in whichever spelling. */
function keyOf(written: Json, field: number): readonly string[] {
  const one = valueAt(written, ['inputs', field])
  const key = ['key', 'name', 'id'].find((spelling) => isJsonObject(one) && Object.hasOwn(one, spelling))
  return key === undefined ? [] : [key]
}

function runtimeName(name: string, facts: Facts, reader: StepDraft | undefined, before: boolean): Meaning | null {
  const all = facts.provided.names.get(name) ?? []
  const earlier = all.filter(
    (provider) => provider === null || reader === undefined || facts.precedes(provider, reader),
  )
  // What only comes later is not proposed, but whoever wrote it all the same is told what it is.
  const providers = earlier.length > 0 || before ? earlier : all
  const [first, ...others] = providers.map((provider) => providedName(name, provider, facts))
  if (first === undefined) return null
  const steps = providers.filter((provider) => provider !== null)
  const partly = steps.length === providers.length && !facts.surely(steps, reader)
  const from = sayProviders(providers)
  const about = steps.length === 0 ? GIVEN : `Provided by ${from}.`
  return together({ from, about, partly }, [first, ...others])
}

function providedName(name: string, provider: Provider, facts: Facts): Meaning {
  if (provider === null) return inputs(facts).member(name) ?? meaning({ name, from: 'input', about: GIVEN })
  const output = outputOf(provider, facts.steps)
  const { output_key: key, id } = provider.step
  if (key === name) {
    const written = provider.at(['output_key'])
    // Not written, it is the step's own id, and is renamed with it.
    if (key === id && written.length === provider.path.length)
      return { ...output, name, step: provider, declared: [idOf(provider)] }
    return { ...output, name, step: null, declared: [{ path: written, part: 'value' }] }
  }
  // What merges under another name than it has is the whole of it.
  return output.member(name) ?? { ...output, name, declared: [idOf(provider)] }
}

function isBefore(draft: StepDraft, reader: StepDraft | undefined, facts: Facts): boolean {
  return reader === undefined ? isOutermost(draft) : facts.precedes(draft, reader)
}

function seenStep(name: string, facts: Facts, reader: StepDraft | undefined): Meaning | null {
  const id = name.toLowerCase()
  const draft = facts.steps.find(({ step }) => step.id === id)
  return draft && isSeenFrom(reader ?? null, draft) ? stepName(draft, facts, reader) : null
}

function stepName(draft: StepDraft, facts: Facts, reader: StepDraft | undefined): Meaning {
  return meaningOfStep(draft, facts.steps, !facts.surely([draft], reader))
}

function sayProviders(providers: readonly Provider[]): string {
  const names = providers.map((provider) => (provider === null ? 'input' : provider.step.id))
  return names.length > 2 ? `${names.at(-1)} and ${names.length - 1} others` : names.join(' or ')
}
