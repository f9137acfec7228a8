import { isJsonObject, type Json, type JsonSchema } from '../../json.ts'
import { stepsIn } from './complete-values.ts'
import type { CompletionItem } from './completion-item.ts'
import type { Place } from './place.ts'

interface Key {
  readonly name: string
  readonly schema: JsonSchema
  readonly required: boolean
}

/** The keys a mapping may have and has not yet: the required ones first, those that every step may have last. */
export function completeKeys(
  place: Place,
  here: readonly JsonSchema[],
  value: Json | undefined,
): readonly CompletionItem[] {
  const word = /[\w-]*$/.exec(place.before)?.[0] ?? ''
  const rest = /^[\w-]*/.exec(place.after)?.[0] ?? ''
  if (place.before.trim() !== word) return []
  const range = place.range(place.offset - word.length, place.offset + rest.length)
  const taken = new Set([
    ...place.siblings,
    ...(isJsonObject(value) ? Object.keys(value).filter((key) => key !== place.before + place.after) : []),
  ])
  const byStep = here.flatMap(({ 'x-step-types': types }) => (Array.isArray(types) ? types.map(String) : []))
  const steps = byStep.length === 0 ? [] : stepsIn(place.source.value)
  return [
    ...steps
      .filter(({ id, type }) => byStep.includes(type) && !taken.has(id))
      .map(
        ({ id, type }): CompletionItem => ({
          label: id,
          kind: 'step',
          detail: type,
          insert: place.hasValue ? id : `${id}: `,
          again: true,
          range,
        }),
      ),
    ...keysOf(here, taken).map(({ name, schema, required }): CompletionItem => {
      const { title, description } = schema
      const detail = required ? 'required' : typeof title === 'string' ? title : undefined
      return {
        label: name,
        kind: 'key',
        range,
        ...(detail === undefined ? {} : { detail }),
        ...(typeof description === 'string' ? { docs: description } : {}),
        ...insertion(name, schema, place),
      }
    }),
  ]
}

function keysOf(here: readonly JsonSchema[], taken: ReadonlySet<string>): readonly Key[] {
  const keys = new Map<string, Key>()
  const said = new Set(taken)
  const required = new Set(here.flatMap((schema) => requiredOf(schema)))
  const all = here.flatMap(({ properties }) => (isJsonObject(properties) ? Object.entries(properties) : []))
  // An alias says the same: the key is there already.
  for (const [name, schema] of all)
    if (taken.has(name) && isJsonObject(schema)) said.add(String(schema['x-alias'] ?? name))
  for (const [name, schema] of all) {
    if (!isJsonObject(schema) || said.has(name) || schema['x-alias'] !== undefined || schema['x-later'] === true)
      continue
    // What a step type says of a key is more than what every step says.
    const known = keys.get(name)
    if (!known || Object.keys(known.schema).length <= 1) keys.set(name, { name, schema, required: required.has(name) })
  }
  const weight = ({ name, required: needed }: Key) => (needed ? 0 : COMMON.has(name) ? 2 : 1)
  return [...keys.values()].sort((a, b) => weight(a) - weight(b))
}

const COMMON: ReadonlySet<string> = new Set(['name', 'when', 'next', 'retry', 'on_error', 'output_key', 'config'])

/** Named outright, or as one of several spellings. */
function requiredOf({ required, anyOf }: JsonSchema): readonly string[] {
  const own = Array.isArray(required) ? required.map(String) : []
  const spellings = Array.isArray(anyOf)
    ? anyOf.flatMap((one: unknown) => (isJsonObject(one) && Object.keys(one).length === 1 ? requiredOf(one) : []))
    : []
  return [...own, ...spellings]
}

function insertion(
  name: string,
  schema: JsonSchema,
  place: Place,
): Pick<CompletionItem, 'insert' | 'snippet' | 'again'> {
  if (place.hasValue && place.at === 'key') return { insert: name }
  const types = [schema.type ?? []].flat()
  const ownLine = !place.flow && !place.fresh
  if (types.length === 1 && types[0] === 'array' && ownLine)
    return { insert: `${name}:\n  - $0`, snippet: true, again: true }
  return { insert: `${name}: `, again: true }
}
