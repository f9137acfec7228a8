import { isJsonObject, type Json, type JsonSchema } from '../../json.ts'
import type { AnyStepType, StepCatalog } from '../catalog.ts'
import type { KnownSettings } from '../validate-settings.ts'
import { valueAt } from '../validate-slots.ts'
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
  if (here.some((schema) => schema['x-kind'] === 'step'))
    for (const step of stepsOf(place)) add(step.id, 'step', step.type === '' ? {} : { detail: step.type })
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

/** The other steps among which this place stands, since no jump leaves them; a step may come back to itself only by `on_revise` or a loop that says so. */
function stepsOf({ source, path }: Place): readonly { readonly id: string; readonly type: string }[] {
  const around = listAround(path)
  const steps = valueAt(source.value, around)
  if (!Array.isArray(steps)) return []
  return steps.flatMap((step: Json, i) =>
    isJsonObject(step) && typeof step.id === 'string' && step.id !== '' && path[around.length] !== i
      ? [{ id: step.id, type: String(step.type ?? '') }]
      : [],
  )
}
