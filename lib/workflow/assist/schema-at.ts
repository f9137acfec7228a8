import { isJsonObject, type Json, type JsonSchema } from '../../json.ts'
import { type SourcePath, valueAt } from '../diagnostics.ts'

/** Deep enough for every schema of ours; one that holds itself ends here. */
const MAX_NESTING = 12

/** The parts of a schema that speak of a place in a value: every branch that the value may still take. */
export function schemasAt(root: JsonSchema, value: Json, path: SourcePath): readonly JsonSchema[] {
  let found = branches(root, root, value)
  for (const [i, part] of path.entries()) {
    const inside = valueAt(value, path.slice(0, i + 1))
    found = found.flatMap((schema) => {
      const next = child(schema, part)
      return next === null ? [] : branches(root, next, inside)
    })
  }
  return found
}

/** What a schema says of one entry of a list or mapping; null where it says nothing. */
export function child(schema: JsonSchema, part: string | number): JsonSchema | null {
  const properties = asSchema(schema.properties)
  const own = typeof part === 'number' ? schema.items : (properties?.[part] ?? schema.additionalProperties)
  // Within a value that is filled in, every text is a template.
  return asSchema(own) ?? (FILLED_IN.has(schema['x-kind']) ? TEMPLATE : null)
}

const FILLED_IN: ReadonlySet<unknown> = new Set(['template', 'dynamic'])
const TEMPLATE: JsonSchema = { 'x-kind': 'template' }

/** A schema with all that it refers to, apart from branches that are for another kind of value. */
export function branches(
  root: JsonSchema,
  schema: JsonSchema,
  value: Json | undefined,
  depth = 0,
): readonly JsonSchema[] {
  if (depth > MAX_NESTING) return []
  const within = (parts: unknown): readonly JsonSchema[] =>
    Array.isArray(parts)
      ? parts.flatMap((part: unknown) => {
          const one = asSchema(part)
          return one === null ? [] : branches(root, one, value, depth + 1)
        })
      : []
  if (!mayBe(schema, value)) return []
  const { $ref: target } = schema
  const referred = typeof target === 'string' ? lookUp(root, target) : null
  return [
    schema,
    ...(referred === null ? [] : branches(root, referred, value, depth + 1)),
    ...within(schema.allOf),
    ...within(schema.anyOf),
    ...within(schema.oneOf),
    ...(holds(asSchema(schema.if), value) ? within([schema.then]) : []),
  ]
}

function lookUp(root: JsonSchema, pointer: string): JsonSchema | null {
  let found: unknown = root
  for (const part of pointer.replace(/^#\//, '').split('/')) found = asSchema(found)?.[part]
  return asSchema(found)
}

/** Our conditions ask for one thing only: that a property has a certain value. */
function holds(condition: JsonSchema | null, value: Json | undefined): boolean {
  const properties = asSchema(condition?.properties)
  if (properties === null || !isJsonObject(value)) return false
  return Object.entries(properties).every(([key, rule]) => asSchema(rule)?.const === value[key])
}

const KINDS: Readonly<Record<string, (value: Json) => boolean>> = {
  object: isJsonObject,
  array: (value) => Array.isArray(value),
}

/** A list is never what a schema of a mapping means, nor the other way round; a scalar may yet become anything. */
function mayBe({ type }: JsonSchema, value: Json | undefined): boolean {
  if (value === undefined || value === null || typeof value !== 'object' || type === undefined) return true
  const kinds = [type].flat()
  return kinds.some((kind) => KINDS[String(kind)]?.(value) === true)
}

function asSchema(value: unknown): JsonSchema | null {
  return isJsonObject(value) ? value : null
}
