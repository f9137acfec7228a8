import type { Json, JsonObject } from '#lib/json.ts'
import type { Field } from '#lib/workflow/definition.ts'

/** The strings of a form as a native POST sends them; a name that occurs more than once gives a list. */
export type FormRecord = Record<string, string | string[]>

/** Reads the answers out of a form. Files and the framework's own entries (`$ACTION_…`) are no answers. */
export function formRecord(data: FormData): FormRecord {
  const record: FormRecord = {}
  for (const name of new Set(data.keys())) {
    if (name.startsWith('$')) continue
    const texts = data.getAll(name).filter((value) => typeof value === 'string')
    const [first] = texts
    if (first !== undefined) record[name] = texts.length > 1 ? texts : first
  }
  return record
}

/** What stands in a text-like control for a value. */
export function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return value.map(textOf).join('\n')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** The same for a field's control: a date-and-time control takes neither seconds nor a zone, and means UTC here. */
export function controlText(field: Field, value: Json | undefined): string {
  const text = textOf(value)
  return field.type === 'datetime' ? text.slice(0, 16) : text
}

/** Whether an option or a box is chosen by a value, which may be typed or still the string that was sent. */
export function isChosen(value: Json | undefined, option: string | number | boolean): boolean {
  if (Array.isArray(value)) return value.some((item) => String(item) === String(option))
  return value !== undefined && value !== null && String(value) === String(option)
}

/** What the fields show at first: what was typed before, else the value given, else the default. */
export function initialValues(
  fields: readonly Field[],
  values: JsonObject,
  typed: FormRecord | null,
): Readonly<Record<string, Json | undefined>> {
  return Object.fromEntries(
    fields.map((field) => [
      field.key,
      typed ? typed[field.key] : Object.hasOwn(values, field.key) ? values[field.key] : field.default,
    ]),
  )
}
