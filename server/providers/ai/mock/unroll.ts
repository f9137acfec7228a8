import type { JsonSchema } from '#lib/json.ts'
import { readSchema } from '#lib/schema/gate.ts'
import { KEYWORDS } from '#lib/schema/keywords.ts'
import { parsePointer, placeKey } from '#lib/schema/paths.ts'

type Keys = Readonly<Record<string, unknown>>
type Schema = boolean | Keys

/** Subschemas written out at most; the generator walks all of them. */
const BUDGET = 60_000

/**
 * The schema with every reference written out, so that the generator, which knows recursion only as a depth, gets a tree
 * that ends: what refers back to itself does so once more, and then the property is left out, the list is empty, or another
 * alternative is taken. Lean also leaves out what is optional. null when nothing ends, or it would be too large.
 */
export function unrollSchema(schema: JsonSchema, lean: boolean): Keys | null {
  const places = new Map<string, Schema>()
  for (const { path, schema: sub } of readSchema(schema).nodes) {
    places.set(`/${placeKey(path)}`, sub)
    if (typeof sub === 'object' && typeof sub.$anchor === 'string') places.set(`#${sub.$anchor}`, sub)
  }
  const unrolled = new Unroller(places, lean).schema(schema, { above: [], again: false })
  if (unrolled === null) return null
  return typeof unrolled === 'boolean' ? { allOf: [unrolled] } : unrolled
}

interface Position {
  /** The schemas around this one. */
  readonly above: readonly Keys[]
  /** Whether one of them stands there for the second time. */
  readonly again: boolean
}

class Unroller {
  readonly #places: ReadonlyMap<string, Schema>
  readonly #lean: boolean
  #left = BUDGET

  constructor(places: ReadonlyMap<string, Schema>, lean: boolean) {
    this.#places = places
    this.#lean = lean
  }

  /** null: no value fits that comes to an end. */
  schema(sub: unknown, at: Position): Schema | null {
    if (!isKeys(sub)) return sub === true || sub === false ? sub : null
    if (--this.#left < 0) return null
    const returns = at.above.includes(sub)
    if (returns && at.again) return null
    const inside: Position = { above: [...at.above, sub], again: at.again || returns }
    const result: Record<string, unknown> = {}
    for (const [key, value] of Object.entries(sub)) {
      const kind = KEYWORDS.get(key)
      if (
        kind === 'id' ||
        kind === 'dialect' ||
        kind === 'anchor' ||
        key === '$ref' ||
        key === '$defs' ||
        key === 'definitions'
      )
        continue
      result[key] = value
    }
    if (!this.#forms(sub, result, inside) || !this.#object(sub, result, inside) || !this.#list(sub, result, inside))
      return null
    return this.#reference(sub, result, inside)
  }

  #reference(sub: Keys, result: Record<string, unknown>, at: Position): Schema | null {
    if (typeof sub.$ref !== 'string') return result
    const pointer = parsePointer(sub.$ref.slice(1))
    const target = this.#places.get(pointer === null ? sub.$ref : `/${placeKey(pointer)}`)
    const written = this.schema(target, at)
    if (written === null || Object.keys(result).length === 0) return written
    return { ...result, allOf: [written, ...(Array.isArray(result.allOf) ? result.allOf : [])] }
  }

  #forms(sub: Keys, result: Record<string, unknown>, at: Position): boolean {
    const all = this.#each(sub.allOf, at)
    if (all.includes(null)) return false
    if (all.length > 0) result.allOf = all
    for (const key of ['anyOf', 'oneOf']) {
      const forms = this.#each(sub[key], at)
      if (forms.length === 0) continue
      result[key] = forms.filter((form) => form !== null)
      if (forms.every((form) => form === null)) return false
    }
    // Where one of these does not end it cannot decide either; whether the instance fits is asked of the schema itself.
    for (const key of ['not', 'if', 'then', 'else', 'propertyNames']) {
      if (sub[key] === undefined) continue
      const form = this.schema(sub[key], at)
      if (form === null) delete result[key]
      else result[key] = form
    }
    if (isKeys(sub.dependentSchemas)) result.dependentSchemas = this.#map(sub.dependentSchemas, at)
    return true
  }

  #object(sub: Keys, result: Record<string, unknown>, at: Position): boolean {
    const required = new Set<unknown>(Array.isArray(sub.required) ? sub.required : [])
    const least = typeof sub.minProperties === 'number' ? sub.minProperties : 0
    if (isKeys(sub.properties)) {
      const named = Object.entries(sub.properties)
      const kept = this.#lean && required.size >= least ? named.filter(([key]) => required.has(key)) : named
      result.properties = this.#map(Object.fromEntries(kept), at)
      const ended = Object.keys(isKeys(result.properties) ? result.properties : {})
      if (kept.some(([key]) => required.has(key) && !ended.includes(key))) return false
    }
    if (isKeys(sub.patternProperties)) result.patternProperties = this.#map(sub.patternProperties, at)
    for (const key of ['additionalProperties', 'unevaluatedProperties']) {
      if (sub[key] !== undefined) result[key] = this.schema(sub[key], at) ?? false
    }
    return true
  }

  #list(sub: Keys, result: Record<string, unknown>, at: Position): boolean {
    const least = typeof sub.minItems === 'number' ? sub.minItems : 0
    const prefix = this.#each(sub.prefixItems, at)
    if (prefix.length > 0) result.prefixItems = prefix.map((item) => item ?? true)
    const ends = prefix.indexOf(null)
    if (ends >= 0) result.maxItems = ends
    if (sub.items !== undefined) {
      const items = this.schema(sub.items, at)
      result.items = items ?? true
      if (items === null) result.maxItems = Math.min(ends < 0 ? prefix.length : ends, prefix.length)
    }
    for (const key of ['contains', 'unevaluatedItems']) {
      if (sub[key] !== undefined) result[key] = this.schema(sub[key], at) ?? true
    }
    const most = typeof result.maxItems === 'number' ? result.maxItems : Number.POSITIVE_INFINITY
    return least <= most
  }

  #each(schemas: unknown, at: Position): (Schema | null)[] {
    return Array.isArray(schemas) ? schemas.map((sub) => this.schema(sub, at)) : []
  }

  /** Those that end. */
  #map(schemas: Keys, at: Position): Record<string, Schema> {
    const written = Object.entries(schemas).map(([key, sub]) => [key, this.schema(sub, at)] as const)
    return Object.fromEntries(written.filter((entry): entry is [string, Schema] => entry[1] !== null))
  }
}

function isKeys(value: unknown): value is Keys {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
