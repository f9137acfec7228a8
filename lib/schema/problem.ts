import type { Place } from './paths.ts'

/** One reason to refuse a schema; `path` leads to the offending keyword or value within the schema. */
export interface SchemaProblem {
  readonly path: Place
  /**
   * Dotted and stable: schema.invalid, too_large, too_deep, keyword, reserved_key, reference, no_progress, too_costly, format,
   * pattern, dialect, impossible (each after `schema.`).
   */
  readonly code: string
  readonly message: string
}
