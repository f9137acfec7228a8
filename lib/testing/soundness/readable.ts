import { isJsonObject, type JsonSchema } from '#lib/json.ts'

export type Kind = 'number' | 'text' | 'boolean' | 'list' | 'object' | 'any'

/** Something that an expression may read, as the generator believes it to be. It may be wrong: then it is refused, or not. */
export interface Readable {
  readonly path: string
  readonly kind: Kind
  /** Null, missing on some path, or optional. */
  readonly unsure: boolean
  readonly schema: JsonSchema
}

/** What can be read at a path and below. */
export function readableFrom(path: string, schema: JsonSchema, unsure: boolean, depth = 0): readonly Readable[] {
  const parts = Array.isArray(schema.allOf) ? schema.allOf.filter(isJsonObject) : [schema]
  const nullable = [schema.type].flat().includes('null') || schema.anyOf !== undefined
  const own: Readable = { path, kind: kindOf(schema), unsure: unsure || nullable, schema }
  if (depth > 2) return [own]
  const inner = parts.flatMap(({ properties, required }) =>
    Object.entries(isJsonObject(properties) ? properties : {}).flatMap(([name, part]) => {
      const sure = Array.isArray(required) && required.includes(name)
      return isJsonObject(part) ? readableFrom(`${path}.${name}`, part, unsure || nullable || !sure, depth + 1) : []
    }),
  )
  const element = isJsonObject(schema.items)
    ? readableFrom(`${path}[0]`, schema.items, unsure || nullable, depth + 1)
    : []
  return [own, ...inner, ...element]
}

function kindOf({ type, allOf }: JsonSchema): Kind {
  if (allOf !== undefined) return 'object'
  switch ([type].flat().find((one) => one !== 'null')) {
    case 'integer':
    case 'number':
      return 'number'
    case 'string':
      return 'text'
    case 'boolean':
      return 'boolean'
    case 'array':
      return 'list'
    case 'object':
      return 'object'
    default:
      return 'any'
  }
}
