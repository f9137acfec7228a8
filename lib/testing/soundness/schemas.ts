import { isJsonObject, type Json, type JsonSchema } from '#lib/json.ts'
import type { Chance } from './chance.ts'

/** Few names, so that steps often give the same one, of the same type or another. */
export const NAMES = ['amount', 'count', 'title', 'notes', 'tags', 'grade', 'owner', 'flag', 'parts', 'extra'] as const

/** A schema of a value, with what makes reading hard: null, optional parts, choices, parts that are open. */
export function anySchema(chance: Chance, depth = 0): JsonSchema {
  const own = solid(chance, depth)
  if (!chance.holds(0.22)) return own
  if (typeof own.type === 'string')
    return { ...own, type: [own.type, 'null'], ...(Array.isArray(own.enum) ? { enum: [...own.enum, null] } : {}) }
  return { anyOf: [own, { type: 'null' }] }
}

function solid(chance: Chance, depth: number): JsonSchema {
  const simple: readonly [() => JsonSchema, ...(() => JsonSchema)[]] = [
    () => ({ type: 'integer' }),
    () => ({ type: 'number' }),
    () => ({ type: 'string' }),
    () => ({ type: 'string', enum: ['low', 'middle', 'high'] }),
    () => ({ type: 'boolean' }),
    () => ({ const: 'fixed' }),
  ]
  if (depth >= 2) return chance.pick(simple)()
  return chance.pick<() => JsonSchema>([
    ...simple,
    ...simple,
    () => ({ type: 'array', items: anySchema(chance, depth + 1) }),
    () => ({ type: 'array', items: { type: 'number' } }),
    () => objectSchema(chance, depth + 1),
    () => ({ type: 'object', additionalProperties: { type: 'integer' } }),
    () => ({ anyOf: [anySchema(chance, depth + 1), anySchema(chance, depth + 1)] }),
    () => ({ allOf: [objectSchema(chance, depth + 1), objectSchema(chance, depth + 1, false)] }),
  ])()
}

export function objectSchema(chance: Chance, depth = 0, mayClose = true): JsonSchema {
  const names = [...new Set(chance.times(1, 3, () => chance.pick(NAMES)))]
  const properties = Object.fromEntries(names.map((name) => [name, anySchema(chance, depth)]))
  const required = names.filter(() => chance.holds(0.85))
  // Two parts that allow nothing else allow nothing together.
  const closed = mayClose && chance.holds(0.35) ? { additionalProperties: false } : {}
  return { type: 'object', properties, required, ...closed }
}

/** A value that fits; at the edges more often than not. */
export function valueFor(schema: unknown, chance: Chance, depth = 0): Json {
  if (!isJsonObject(schema) || depth > 8) return junk(chance)
  if (Array.isArray(schema.allOf)) {
    const parts = schema.allOf.map((part: Json) => valueFor(part, chance, depth + 1))
    return Object.assign({}, ...parts.map((part, i) => (i === 0 ? part : onlyDeclared(schema.allOf, i, part))))
  }
  if (Array.isArray(schema.anyOf)) return valueFor(chance.pick(schema.anyOf as Json[]), chance, depth + 1)
  if (schema.const !== undefined) return schema.const
  if (Array.isArray(schema.enum)) return chance.pick(schema.enum as Json[]) ?? null
  switch (chance.pick([schema.type ?? 'any'].flat() as string[])) {
    case 'null':
      return null
    case 'boolean':
      return chance.holds(0.5)
    case 'integer':
      return chance.pick([0, 1, -1, 2, 7, 1_000])
    case 'number':
      return chance.pick([0, 0.5, -2.25, 3, 80])
    case 'string':
      return chance.pick(['', ' ', 'a', 'high', '42', 'two words', 'ä€😀'])
    case 'array':
      return chance.times(0, 3, () => valueFor(schema.items, chance, depth + 1))
    case 'object':
      return objectFor(schema, chance, depth)
    default:
      return junk(chance)
  }
}

/** The second part must not bring what the first one forbids or means otherwise. */
function onlyDeclared(parts: unknown, i: number, value: Json): Json {
  const [first, part] = [Array.isArray(parts) ? parts[0] : null, Array.isArray(parts) ? parts[i] : null]
  const taken = isJsonObject(first) && isJsonObject(first.properties) ? first.properties : {}
  const own = isJsonObject(part) && isJsonObject(part.properties) ? part.properties : {}
  const entries = isJsonObject(value) ? Object.entries(value) : []
  return Object.fromEntries(entries.filter(([name]) => Object.hasOwn(own, name) && !Object.hasOwn(taken, name)))
}

function objectFor(schema: JsonSchema, chance: Chance, depth: number): Json {
  const declared = isJsonObject(schema.properties) ? schema.properties : {}
  const required: readonly unknown[] = Array.isArray(schema.required) ? schema.required : []
  const value: Record<string, Json> = {}
  for (const [name, part] of Object.entries(declared)) {
    if (required.includes(name) || chance.holds(0.5)) value[name] = valueFor(part, chance, depth + 1)
  }
  const { additionalProperties: others } = schema
  if (others === false) return value
  // What nobody declared may come under a name that others use.
  for (const name of chance.times(0, 4, () => chance.pick(NAMES))) {
    if (!Object.hasOwn(declared, name))
      value[name] = isJsonObject(others) ? valueFor(others, chance, depth + 1) : junk(chance)
  }
  return value
}

export function junk(chance: Chance): Json {
  return chance.pick<Json>([null, true, 3, 'text', ['a', 1], { title: 5 }, [], {}])
}
