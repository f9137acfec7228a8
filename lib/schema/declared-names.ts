import { isJsonObject, type JsonObject, type JsonSchema } from '../json.ts'

/** The names of properties that a schema tells of, in any of its parts; null where it tells of none. */
export function declaredNames(schema: JsonSchema): ReadonlySet<string> | null {
  const known = cache.get(schema)
  if (known !== undefined) return known
  const names = new Set<string>()
  collect(schema, schema, names, 0)
  const found = names.size === 0 ? null : names
  cache.set(schema, found)
  return found
}

/** What a schema names of a value: what else a model or another system adds is not to write over what others gave. */
export function declaredPart(schema: JsonSchema | null, value: JsonObject): JsonObject {
  const names = schema === null ? null : declaredNames(schema)
  if (names === null || Object.keys(value).every((name) => names.has(name))) return value
  return Object.fromEntries(Object.entries(value).filter(([name]) => names.has(name)))
}

/** A run asks for the same schema at each of its steps. */
const cache = new WeakMap<JsonSchema, ReadonlySet<string> | null>()

/** A schema that holds itself is followed so far. */
const DEEPEST = 8
const PARTS = ['allOf', 'anyOf', 'oneOf'] as const
const CONDITIONAL = ['then', 'else'] as const

function collect(schema: JsonSchema, root: JsonSchema, names: Set<string>, depth: number): void {
  if (depth > DEEPEST) return
  if (isJsonObject(schema.properties)) for (const name of Object.keys(schema.properties)) names.add(name)
  if (Array.isArray(schema.required)) for (const name of schema.required) if (typeof name === 'string') names.add(name)
  const parts: unknown[] = [
    ...PARTS.flatMap((key) => (Array.isArray(schema[key]) ? schema[key] : [])),
    ...CONDITIONAL.map((key) => schema[key]),
    ...Object.values(isJsonObject(schema.dependentSchemas) ? schema.dependentSchemas : {}),
    typeof schema.$ref === 'string' ? pointedAt(root, schema.$ref) : undefined,
  ]
  for (const part of parts) if (isJsonObject(part)) collect(part, root, names, depth + 1)
}

/** What a reference within a schema points at; undefined where that is elsewhere, or nothing. */
export function pointedAt(root: JsonSchema, pointer: string): unknown {
  if (pointer === '#') return root
  if (!pointer.startsWith('#/')) return undefined
  let found: unknown = root
  for (const part of pointer.slice(2).split('/')) {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')
    if (Array.isArray(found)) found = found[Number(key)]
    else found = isJsonObject(found) && Object.hasOwn(found, key) ? found[key] : undefined
  }
  return found
}
