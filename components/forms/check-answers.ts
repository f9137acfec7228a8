import type { JsonObject, JsonSchema } from '#lib/json.ts'
import { validateInterpreted } from '#lib/schema/validate-interpreted.ts'
import type { Field } from '#lib/workflow/definition.ts'
import { applyDefaults, coerceFormData } from '#lib/workflow/fields.ts'
import { formRecord } from './form-record.ts'
import { type Errors, toErrors } from './problems.ts'

export interface Checked {
  readonly values: JsonObject
  /** Empty: the answers fit. */
  readonly errors: Errors
}

/**
 * Reads the answers out of a form exactly as the server does, and holds them to the same schema. Fetched when it is first
 * needed: most of its weight is the linear-time pattern engine.
 */
export function checkAnswers(fields: readonly Field[], schema: JsonSchema, form: HTMLFormElement): Checked {
  const values = applyDefaults(fields, coerceFormData(fields, formRecord(new FormData(form))))
  return { values, errors: toErrors(validateInterpreted(schema, values), fields) }
}
