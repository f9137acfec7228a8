import type { Field } from '#lib/workflow/definition.ts'
import type { SummaryItem } from './error-summary.tsx'
import { problemSentence } from './field-hints.ts'
import { fieldId } from './schema-fields.tsx'

export interface Problem {
  readonly path: string
  readonly message: string
}

/** One sentence per field key; what belongs to no field stands under `WHOLE`. */
export type Errors = Readonly<Record<string, string>>

/** Not a key any field can have: the error that belongs to the whole form. */
export const WHOLE = '*'

/** The first problem of each field, in the order of the fields; one inside a list or object belongs to its field. */
export function toErrors(problems: readonly Problem[], fields: readonly Field[]): Errors {
  const found = new Map<string, string>()
  for (const { path, message } of problems) {
    const key = /^[A-Za-z_][A-Za-z0-9_]*/.exec(path)?.[0]
    const field = fields.find((each) => each.key === key)
    const place = field?.key ?? WHOLE
    if (found.has(place)) continue
    found.set(place, field ? problemSentence(field, message) : `${path} ${message}`.trim())
  }
  const places = [WHOLE, ...fields.map((field) => field.key)]
  return Object.fromEntries(places.flatMap((place) => (found.has(place) ? [[place, found.get(place) ?? '']] : [])))
}

/** The same as lines of the summary, each a link to its field. */
export function summaryOf(errors: Errors, prefix: string): readonly SummaryItem[] {
  return Object.entries(errors).map(([key, message]) => ({
    id: key === WHOLE ? null : fieldId(prefix, key),
    label: null,
    message,
  }))
}
