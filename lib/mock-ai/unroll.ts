import type { JsonSchema } from '#lib/json.ts'
import { readSchema } from '#lib/schema/gate.ts'
import { parsePointer, placeKey } from '#lib/schema/paths.ts'
import { sizer } from '#lib/schema/size.ts'

type Keys = Readonly<Record<string, unknown>>
type Schema = boolean | Keys

/** Subschemas written out at most; the generator walks all of them. What is larger in full is made lean. */
const BUDGET = { full: 1_500, lean: 20_000 }
/** Schemas around an alternative up to which all of them are kept. */
const NEAR = 6
/** What is resolved, or only names things. */
const LEFT_OUT: ReadonlySet<string> = new Set(['$id', '$schema', '$anchor', '$ref', '$defs', 'definitions'])

/**
 * The schema with every reference written out, so that the generator, which knows recursion only as a depth, gets a tree
 * that ends: what refers back to itself does so once more, and then the property is left out, the list is empty, or another
 * alternative is taken. Lean also leaves out what is optional, and the entries of
 * lists within lists. null when nothing ends, or it would be too large.
 */
export function unrollSchema(schema: JsonSchema, lean: boolean): Keys | null {
  const places = new Map<string, Schema>()
  for (const { path, schema: sub } of readSchema(schema).nodes) {
    places.set(`/${placeKey(path)}`, sub)
    if (typeof sub === 'object' && typeof sub.$anchor === 'string') places.set(`#${sub.$anchor}`, sub)
  }
  const unroller = new Unroller(places, sizer(schema, 'least'), lean)
  const unrolled = unroller.schema(schema, { above: [], again: false, inList: false })
  if (unrolled === null || unroller.isTooLarge) return null
  return typeof unrolled === 'boolean' ? { allOf: [unrolled] } : unrolled
}

interface Position {
  /** The schemas around this one. */
  readonly above: readonly Keys[]
  /** Whether one of them stands there for the second time. */
  readonly again: boolean
  readonly inList: boolean
}

class Unroller {
  readonly #places: ReadonlyMap<string, Schema>
  readonly #least: (sub: unknown) => number
  readonly #lean: boolean
  #left: number

  constructor(places: ReadonlyMap<string, Schema>, least: (sub: unknown) => number, lean: boolean) {
    this.#places = places
    this.#least = least
    this.#lean = lean
    this.#left = lean ? BUDGET.lean : BUDGET.full
  }

  get isTooLarge(): boolean {
    return this.#left < 0
  }

  /** null: no value fits that comes to an end. */
  schema(sub: unknown, at: Position): Schema | null {
    if (!isKeys(sub)) return sub === true || sub === false ? sub : null
    if (--this.#left < 0) return null
    const returns = at.above.includes(sub)
    if (returns && at.again) return null
    const inside: Position = { ...at, above: [...at.above, sub], again: at.again || returns }
    const result: Record<string, unknown> = {}
    for (const [key, value] of Object.entries(sub)) if (!LEFT_OUT.has(key)) result[key] = value
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
      const forms = this.#each(this.#choices(sub[key], at), at)
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

  /** All alternatives near the root; further in only the smallest, because all of all of them are too many. */
  #choices(forms: unknown, at: Position): unknown {
    if (!Array.isArray(forms) || at.above.length <= NEAR) return forms
    return forms.toSorted((a, b) => this.#least(a) - this.#least(b)).slice(0, 1)
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
      const short = this.#lean && at.inList && least === 0 && sub.contains === undefined
      const items = short ? null : this.schema(sub.items, { ...at, inList: true })
      result.items = items ?? true
      if (items === null) result.maxItems = ends < 0 ? prefix.length : ends
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
