import type { JsonSchema } from '../../json.ts'
import { isJsonObject } from '../../json.ts'
import type { StepCatalog } from '../catalog.ts'
import type { WorkflowDefinition } from '../definition.ts'
import { normalise } from '../normalise.ts'
import { createReporter } from '../normalise-report.ts'
import type { StepDraft } from '../normalise-step.ts'
import type { SourceText } from '../parse.ts'
import { followers } from '../reach.ts'
import { graphOf } from '../validate-graph.ts'
import { type Provided, type Provider, providedBy } from '../validate-provided.ts'
import { outwards } from '../validate-scopes.ts'

/** What a text that may be half written tells of its steps, and of what they leave behind. */
export interface Facts {
  readonly definition: WorkflowDefinition
  readonly steps: readonly StepDraft[]
  readonly provided: Provided
  /** Whether a step may have run when another begins. */
  precedes(earlier: StepDraft, later: StepDraft): boolean
}

/** null where there are no steps to speak of. */
export function factsOf(source: SourceText, catalog: StepCatalog): Facts | null {
  const draft = normalise(source, catalog, createReporter(source))
  if (draft === null) return null
  const { definition, steps } = draft
  const after = followers(graphOf(steps))
  return {
    definition,
    steps,
    provided: providedBy(definition, steps),
    // What is around a reader stands for it among the steps out there.
    precedes: (earlier, later) =>
      outwards(later).some(([id, sequence]) => sequence === earlier.sequence && after(earlier.step.id).has(id)),
  }
}

/** The step around a place of the author's document. */
export function stepAround(facts: Facts, path: readonly (string | number)[]): StepDraft | undefined {
  // Each comes before those inside it, so the last one that fits is the innermost.
  return facts.steps.findLast((draft) => draft.path.every((part, i) => part === path[i]))
}

/** The schema of a step's output, with those of the steps inside it; null where it is not known. */
export function outputOf(draft: StepDraft, facts: Pick<Facts, 'steps'>): JsonSchema | null {
  const { type, sound, step } = draft
  if (!type || !sound) return null
  return type.behavior === 'fork' ? outputOfInside(draft, type.holds, facts) : type.output(step.config)
}

/** By branch and step, or a list of what the steps gave for each item. */
function outputOfInside({ step }: StepDraft, holds: 'branches' | 'steps', facts: Pick<Facts, 'steps'>): JsonSchema {
  const inside = facts.steps.filter((draft) => draft.sequence.inside?.step === step.id)
  const byBlock = Map.groupBy(inside, ({ sequence }) => sequence.inside?.block ?? '')
  const blocks = [...byBlock].map(
    ([name, drafts]) =>
      [name, mapping(drafts.map((draft) => [draft.step.id, outputOf(draft, facts) ?? {}] as const))] as const,
  )
  return holds === 'branches' ? mapping(blocks) : { type: 'array', items: blocks[0]?.[1] ?? {} }
}

function mapping(entries: readonly (readonly [name: string, schema: JsonSchema])[]): JsonSchema {
  return { type: 'object', properties: Object.fromEntries(entries) }
}

/** The schema of one name in `runtime`, as this provider gives it. */
export function schemaOf(name: string, provider: Provider, facts: Facts): JsonSchema | null {
  const { inputs } = facts.definition
  if (provider === null) return inputs === null ? null : property(inputs.schema, name)
  const output = outputOf(provider, facts)
  if (provider.step.output_key === name) return output
  // What merges under another name than it has is the whole of it.
  return output === null ? null : (property(output, name) ?? (provider.type?.merge ? output : null))
}

export function property(schema: JsonSchema, name: string): JsonSchema | null {
  const { properties } = schema
  const own = isJsonObject(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined
  if (isJsonObject(own)) return own
  for (const part of partsOf(schema)) {
    const found = property(part, name)
    if (found !== null) return found
  }
  return null
}

export function propertyNames(schema: JsonSchema): readonly string[] {
  const own = isJsonObject(schema.properties) ? Object.keys(schema.properties) : []
  return [...new Set([...own, ...partsOf(schema).flatMap(propertyNames)])]
}

function partsOf(schema: JsonSchema): readonly JsonSchema[] {
  return ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => {
    const parts = schema[keyword]
    return Array.isArray(parts) ? parts.filter(isJsonObject) : []
  })
}

const WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'number',
  integer: 'whole number',
  boolean: 'true or false',
  array: 'list',
  object: 'mapping',
}

/** A type in words; null where nothing is known. `empty` is said of what may be null. */
export function typeInWords(schema: JsonSchema | null): string | null {
  if (schema === null) return null
  if (Array.isArray(schema.enum)) {
    const values = schema.enum.filter((value: unknown) => value !== null)
    const shown = values.slice(0, 4).map(String).join(', ')
    return `${shown}${values.length > 4 ? ' …' : ''}${values.length < schema.enum.length ? ' or empty' : ''}`
  }
  const types = [schema.type ?? []].flat().map(String)
  const named = types.filter((type) => type !== 'null').map((type) => WORDS[type] ?? type)
  if (named.length === 0) return null
  return `${named.join(' or ')}${types.includes('null') ? ' or empty' : ''}`
}
