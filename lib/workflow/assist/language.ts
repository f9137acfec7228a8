import type { JsonSchema } from '../../json.ts'
import type { StepCatalog } from '../catalog.ts'
import { languageSchema } from '../language-schema.ts'
import type { Tokeniser } from '../parse-again.ts'
import type { KnownSettings } from '../validate-settings.ts'

/** What questions about a text are answered by. */
export interface Language {
  readonly catalog: StepCatalog
  readonly known?: KnownSettings
  /** Remembers the last text; absent: each question reads its text anew. */
  readonly tokeniser?: Tokeniser
}

/** A place in a text; lines and columns count from 1. */
export interface TextPoint {
  readonly text: string
  readonly line: number
  readonly column: number
}

const schemas = new WeakMap<StepCatalog, JsonSchema>()

/** The language's schema; made once for a catalog. */
export function schemaFor(catalog: StepCatalog): JsonSchema {
  const made = schemas.get(catalog) ?? languageSchema(catalog)
  schemas.set(catalog, made)
  return made
}

/** Counted from 0, in UTF-16 units; a place beyond the end of its line is in the next ones. */
export function offsetAt({ text, line, column }: TextPoint): number {
  let start = 0
  for (let n = 1; n < line; n++) {
    const end = text.indexOf('\n', start)
    if (end < 0) break
    start = end + 1
  }
  return Math.min(start + column - 1, text.length)
}
