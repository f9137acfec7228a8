import type { Json } from '#lib/json.ts'
import type { Place } from '../paths.ts'

/** A schema as it stands inside another one. */
export type Schema = boolean | { readonly [keyword: string]: unknown }
export type SchemaObject = Exclude<Schema, boolean>

/** One thing wrong with a value. The keyword tells alternatives apart; people read only place and message. */
export interface Finding {
  readonly place: Place
  readonly keyword: string
  readonly message: string
}

/** What a schema says of a value: what is wrong, and which properties and items it has looked at (for `unevaluated…`). */
export interface Outcome {
  readonly findings: Finding[]
  readonly keys: Set<string>
  readonly items: Set<number>
}

/** Applies a subschema. Handed to the files that need it, because they are called by it. */
export type Check = (schema: Schema, value: Json, place: Place) => Outcome

export function fine(): Outcome {
  return { findings: [], keys: new Set(), items: new Set() }
}

/** Takes over all that a subschema at the same place said. */
export function absorb(into: Outcome, from: Outcome): void {
  into.findings.push(...from.findings)
  absorbSeen(into, from)
}

/** Only what it looked at: of an alternative that fits. */
export function absorbSeen(into: Outcome, from: Outcome): void {
  for (const key of from.keys) into.keys.add(key)
  for (const item of from.items) into.items.add(item)
}

/** Readers of keyword values. The gate has checked their types; what is not there answers undefined. */
export function schemaAt(schema: SchemaObject, keyword: string): Schema | undefined {
  const value = schema[keyword]
  return isSchema(value) ? value : undefined
}

export function schemasAt(schema: SchemaObject, keyword: string): Schema[] {
  const value = schema[keyword]
  return Array.isArray(value) ? value.filter(isSchema) : []
}

export function schemaEntries(schema: SchemaObject, keyword: string): [string, Schema][] {
  const value = schema[keyword]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).filter((entry): entry is [string, Schema] => isSchema(entry[1]))
}

export function numberAt(schema: SchemaObject, keyword: string): number | undefined {
  const value = schema[keyword]
  return typeof value === 'number' ? value : undefined
}

export function textAt(schema: SchemaObject, keyword: string): string | undefined {
  const value = schema[keyword]
  return typeof value === 'string' ? value : undefined
}

export function textsAt(schema: SchemaObject, keyword: string): string[] {
  const value = schema[keyword]
  return Array.isArray(value) ? value.filter((text) => typeof text === 'string') : []
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'boolean' || (typeof value === 'object' && value !== null && !Array.isArray(value))
}
