import type { Place } from './paths.ts'

/** One reason to refuse a schema; `path` leads to the offending keyword or value within the schema. */
export interface SchemaProblem {
  readonly path: Place
  readonly code: SchemaCode
  readonly message: string
}

/** Dotted and stable. */
export type SchemaCode = `schema.${SchemaRule}`

/** What a schema can offend against. */
export type SchemaRule =
  | 'invalid'
  | 'too_large'
  | 'too_deep'
  | 'keyword'
  | 'reserved_key'
  | 'reference'
  | 'no_progress'
  | 'too_costly'
  | 'format'
  | 'pattern'
  | 'dialect'
  | 'impossible'
