import { isJsonObject, type JsonSchema } from '../../json.ts'
import { pointedAt } from '../../schema/declared-names.ts'
import {
  BOOLEAN,
  joinAll,
  listOf,
  maybe,
  meet,
  NOTHING,
  NULL,
  NUMBER,
  type ObjectType,
  present,
  TEXT,
  type Type,
  typeOfLiteral,
  UNKNOWN,
  WHOLE,
} from './type.ts'

/** A schema that holds itself is followed so far, and one of many parts so long. */
const DEEPEST = 9
const MOST_PARTS = 5_000

/** What a value is that fits a schema. What the schema leaves open, or cannot be decided without the value, is unknown. */
export function typeOfSchema(schema: JsonSchema): Type {
  const known = cache.get(schema)
  if (known) return known
  const type = new Reader(schema).type(schema, 0)
  cache.set(schema, type)
  return type
}

/** Schemas are parts of a definition, which nobody changes; an editor asks again only for those of a new text. */
const cache = new WeakMap<JsonSchema, Type>()

class Reader {
  readonly #root: JsonSchema
  #left = MOST_PARTS

  constructor(root: JsonSchema) {
    this.#root = root
  }

  type(schema: unknown, depth: number): Type {
    if (!isJsonObject(schema) || depth > DEEPEST || this.#left-- <= 0) return UNKNOWN
    const parts = [this.#own(schema, depth)]
    const { $ref: target } = schema
    if (typeof target === 'string') parts.push(this.type(pointedAt(this.#root, target), depth + 1))
    if (Array.isArray(schema.allOf)) parts.push(...schema.allOf.map((part: unknown) => this.type(part, depth + 1)))
    for (const either of [schema.anyOf, schema.oneOf]) {
      if (Array.isArray(either)) parts.push(joinAll(either.map((part: unknown) => this.type(part, depth + 1))))
    }
    const both = parts.reduce((sum, part) => meet(sum, part))
    return this.#withConditions(schema, both)
  }

  #own(schema: JsonSchema, depth: number): Type {
    const values = schema.const !== undefined ? [schema.const] : schema.enum
    const listed = Array.isArray(values) ? joinAll(values.map((value: unknown) => ofValue(value))) : UNKNOWN
    const names = schema.type === undefined ? [] : [schema.type].flat()
    const typed = names.length === 0 ? UNKNOWN : joinAll(names.map((name) => this.#named(String(name), schema, depth)))
    return meet(typed, listed)
  }

  #named(name: string, schema: JsonSchema, depth: number): Type {
    switch (name) {
      case 'null':
        return NULL
      case 'boolean':
        return BOOLEAN
      case 'integer':
        return WHOLE
      case 'number':
        return NUMBER
      case 'string':
        return TEXT
      case 'array': {
        const first = Array.isArray(schema.prefixItems) ? schema.prefixItems : []
        const others =
          schema.items === undefined ? UNKNOWN : schema.items === false ? NOTHING : this.type(schema.items, depth + 1)
        return listOf(joinAll([others, ...first.map((item: unknown) => this.type(item, depth + 1))]))
      }
      case 'object':
        return { ...NOTHING, object: this.#object(schema, depth) }
      default:
        return UNKNOWN
    }
  }

  #object(schema: JsonSchema, depth: number): ObjectType {
    const { properties: declared, additionalProperties: others, patternProperties: patterns } = schema
    const required = new Set<unknown>(Array.isArray(schema.required) ? schema.required : [])
    const properties = new Map(
      Object.entries(isJsonObject(declared) ? declared : {}).map(([key, part]) => {
        const type = this.type(part, depth + 1)
        return [key, required.has(key) ? present(type) : maybe(type)] as const
      }),
    )
    const open = others !== false || patterns !== undefined
    // Properties were declared and nothing said of others: a name that is not among them is a slip of the pen.
    const silent = others === undefined && patterns === undefined && properties.size > 0
    const rest =
      !open || silent ? null : isJsonObject(others) && patterns === undefined ? this.type(others, depth + 1) : UNKNOWN
    for (const key of required) {
      if (typeof key === 'string' && !properties.has(key)) properties.set(key, rest ?? UNKNOWN)
    }
    return { properties, rest, open }
  }

  /** What holds only under a condition may be there and may be anything; that there is a name for it is known. */
  #withConditions(schema: JsonSchema, type: Type): Type {
    const parts = [
      schema.then,
      schema.else,
      ...Object.values(isJsonObject(schema.dependentSchemas) ? schema.dependentSchemas : {}),
    ]
    const names = parts.flatMap((part) =>
      isJsonObject(part) && isJsonObject(part.properties) ? Object.keys(part.properties) : [],
    )
    const { object } = type
    const fresh = names.filter((name) => object !== null && !object.properties.has(name))
    if (object === null || fresh.length === 0) return type
    const properties = new Map([...object.properties, ...fresh.map((name) => [name, UNKNOWN] as const)])
    return { ...type, object: { ...object, properties } }
  }
}

function ofValue(value: unknown): Type {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return typeOfLiteral(value)
  }
  if (Array.isArray(value)) return listOf(joinAll(value.map((item: unknown) => ofValue(item))))
  if (!isJsonObject(value)) return UNKNOWN
  const properties = new Map(Object.entries(value).map(([key, item]) => [key, ofValue(item)] as const))
  return { ...NOTHING, object: { properties, rest: null, open: false } }
}
