import { isJsonObject, type JsonSchema } from '../../json.ts'
import type { SourcePath } from '../diagnostics.ts'

/** A part of an author's schema, with the way to it in the document; null where it stands in none. */
export interface SchemaPart {
  readonly schema: JsonSchema
  readonly at: SourcePath | null
  /** The schema that `$ref` counts from. */
  readonly root: Omit<SchemaPart, 'root' | 'written'>
  /** Schemas of the author's within one that is made from them, and where they stand. */
  readonly written: ReadonlyMap<JsonSchema, SourcePath>
}

/** Deep enough for what people write; a schema that holds itself ends here. */
const MAX_NESTING = 12

export function schemaRoot(
  schema: JsonSchema,
  at: SourcePath | null,
  written: SchemaPart['written'] = new Map(),
): SchemaPart {
  const place = written.get(schema) ?? at
  return { schema, at: place, root: { schema, at: place }, written }
}

/** What a schema says of one property, also where it says so in a part of it or by reference. */
export function propertyPart(part: SchemaPart, name: string): SchemaPart | null {
  for (const one of partsOf(part)) {
    const { properties } = one.schema
    const own = isJsonObject(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined
    if (isJsonObject(own)) return below(one, own, ['properties', name])
  }
  return null
}

export function propertyNames(part: SchemaPart): readonly string[] {
  const names = partsOf(part).flatMap(({ schema: { properties } }) =>
    isJsonObject(properties) ? Object.keys(properties) : [],
  )
  return [...new Set(names)]
}

/** What a schema says of the items of a list. */
export function itemPart(part: SchemaPart): SchemaPart | null {
  for (const one of partsOf(part)) {
    const { items } = one.schema
    if (isJsonObject(items)) return below(one, items, ['items'])
  }
  return null
}

/** The schema itself and all that it is made of. */
function partsOf(part: SchemaPart, depth = 0): readonly SchemaPart[] {
  if (depth > MAX_NESTING) return []
  const { schema } = part
  const referred = typeof schema.$ref === 'string' ? follow(part, schema.$ref) : null
  const inner = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => {
    const list: unknown = schema[keyword]
    if (!Array.isArray(list)) return []
    return list.flatMap((one: unknown, i) => (isJsonObject(one) ? [below(part, one, [keyword, i])] : []))
  })
  return [part, ...[...(referred === null ? [] : [referred]), ...inner].flatMap((one) => partsOf(one, depth + 1))]
}

function below({ at, root, written }: SchemaPart, schema: JsonSchema, path: SourcePath): SchemaPart {
  if (written.has(schema)) return schemaRoot(schema, null, written)
  return { schema, at: at && [...at, ...path], root, written }
}

/** Where a reference within the document leads; null where it leads out of it, or nowhere. */
function follow({ root, written }: SchemaPart, ref: string): SchemaPart | null {
  if (!ref.startsWith('#')) return null
  const path = ref.slice(1).split('/').filter(Boolean).map(unescapePointer)
  let found: unknown = root.schema
  for (const part of path) found = isJsonObject(found) && Object.hasOwn(found, part) ? found[part] : undefined
  return isJsonObject(found) ? below({ ...root, root, written }, found, path) : null
}

function unescapePointer(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~')
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
