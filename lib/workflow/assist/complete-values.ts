import { isJsonObject, type Json, type JsonObject, type JsonSchema } from '../../json.ts'
import type { AnyStepType, StepCatalog } from '../catalog.ts'
import { valueAt } from '../diagnostics.ts'
import type { KnownSettings } from '../validate-settings.ts'
import type { CompletionItem, CompletionKind } from './completion-item.ts'
import type { Place } from './place.ts'
import { isStep, listAround } from './step-paths.ts'

/** The values that a schema names, true and false, the ids of steps, and stored prompts by their id. */
export function completeValues(
  place: Place,
  here: readonly JsonSchema[],
  catalog: StepCatalog,
  known: KnownSettings,
): readonly CompletionItem[] {
  const word = /[\w@.-]*$/.exec(place.before)?.[0] ?? ''
  const rest = /^[\w@.-]*/.exec(place.after)?.[0] ?? ''
  if (place.before.trim() !== word) return []
  const range = place.range(place.offset - word.length, place.offset + rest.length)
  const items = new Map<string, CompletionItem>()
  const add = (label: string, kind: CompletionKind, more: Partial<CompletionItem> = {}) => {
    if (!items.has(label)) items.set(label, { label, kind, insert: label, range, ...more })
  }
  const key = place.path.at(-1)
  const kinds = new Set(here.map((schema) => schema['x-kind']))
  const steps = kinds.has('any_step') ? stepsIn(place.source.value) : kinds.has('step') ? stepsOf(place) : []
  for (const step of steps) add(step.id, 'step', step.type === '' ? {} : { detail: step.type })
  if (key === 'template_id') for (const id of known.templates ?? []) add(id, 'value', { detail: 'stored prompt' })
  if (key === 'secrets' || place.path.at(-2) === 'secrets')
    for (const name of known.secrets ?? []) add(name, 'value', { detail: 'secret' })
  for (const schema of here) {
    const words = Array.isArray(schema['x-words']) ? schema['x-words'].map(String) : []
    for (const value of words) add(value, 'value')
    for (const value of Array.isArray(schema.enum) ? schema.enum : []) {
      const type = key === 'type' && isStep(place.path.slice(0, -1)) ? catalog.get(String(value)) : undefined
      add(String(value), type ? 'type' : 'value', type ? { detail: type.label, docs: aboutType(type) } : {})
    }
    if ([schema.type].flat().includes('boolean')) for (const value of ['true', 'false']) add(value, 'value')
    for (const value of Array.isArray(schema.examples) ? schema.examples : [])
      add(String(value), 'value', { detail: 'for example' })
  }
  return [...items.values()]
}

/** What the reference says of a step type. */
export function aboutType({ summary, docs, example }: AnyStepType): string {
  return `${summary}\n\n${docs}\n\n\`\`\`yaml\n${example}\`\`\``
}

interface ListedStep {
  readonly id: string
  readonly type: string
}

/** The other steps among which this place stands, since no jump leaves them; a step may come back to itself only by `on_revise` or a loop that says so. */
function stepsOf({ source, path }: Place): readonly ListedStep[] {
  const around = listAround(path)
  const own = path[around.length]
  return listed(valueAt(source.value, around)).filter(({ place }) => place !== own)
}

function listed(
  steps: Json | undefined,
): readonly (ListedStep & { readonly step: JsonObject; readonly place: number })[] {
  if (!Array.isArray(steps)) return []
  return steps.flatMap((step: Json, place) =>
    isJsonObject(step) && typeof step.id === 'string' && step.id !== ''
      ? [{ id: step.id, type: String(step.type ?? ''), step, place }]
      : [],
  )
}

/** Every step of a text, those inside others too. */
export function stepsIn(value: Json): readonly ListedStep[] {
  const inner = (steps: Json | undefined): readonly ListedStep[] =>
    listed(steps).flatMap(({ id, type, step }) => {
      const holders = [step, step.config].filter(isJsonObject)
      const lists = holders.flatMap(({ steps: held, branches }) => [
        ...(held === undefined ? [] : [held]),
        ...(isJsonObject(branches) ? Object.values(branches) : []),
      ])
      return [{ id, type }, ...lists.flatMap(inner)]
    })
  return inner(isJsonObject(value) ? value.steps : undefined)
}
