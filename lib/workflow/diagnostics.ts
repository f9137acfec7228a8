import { isJsonObject, type Json } from '../json.ts'
import type { DiagnosticCode } from './diagnostic-codes.ts'

/** One problem found in a workflow text. Positions are 1-based and mark the offending token. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning'
  readonly code: DiagnosticCode
  /** A sentence that says what is wrong and, where it can, what to do. */
  readonly message: string
  /** JSON path in the author's text, e.g. `steps[2].if_true`. */
  readonly path: string
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
  readonly hint?: string
  readonly fix?: Fix
}

/** An edit that cures a diagnostic: replace the range by the text. */
export interface Fix {
  readonly title: string
  readonly edits: readonly TextEdit[]
}

/**
 * How to cure a problem, in terms of values: another value or key at its place, quotes around it, or nothing there. Only what leaves the
 * meaning of everything else alone; the edits of the text follow from it.
 */
export type Cure = { readonly put: Json } | { readonly rename: string } | 'quote' | 'remove'

/** What helps beside the message: a hint to read, a cure to apply. */
export interface Advice {
  readonly hint?: string | undefined
  readonly cure?: Cure | undefined
}

export interface TextEdit {
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
  readonly newText: string
}

/** A place in the author's document. */
export type SourcePath = readonly (string | number)[]

export function formatPath(path: SourcePath): string {
  return path.map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`)).join('')
}

/** What stands at a place of a document; undefined where it has none. */
export function valueAt(value: Json, path: SourcePath): Json | undefined {
  let found: Json | undefined = value
  for (const part of path) {
    if (Array.isArray(found)) found = typeof part === 'number' ? found[part] : undefined
    else if (isJsonObject(found)) found = Object.hasOwn(found, part) ? found[part] : undefined
    else return undefined
  }
  return found
}

/** Where a code is explained, with an example and its cure: in the app, and under the same anchor in `docs/diagnostics.md`. */
export function docsOf(code: DiagnosticCode): string {
  return `/docs/diagnostics#${code.replaceAll('.', '')}`
}
