import type { Json, JsonObject, JsonSchema } from '../json.ts'
import type { Field } from './definition.ts'

/**
 * What a field means as JSON Schema 2020-12. One schema validates in the browser and on the server, after `applyDefaults`:
 * an optional field that was not answered is then present as null.
 */
export function fieldsToSchema(fields: readonly Field[]): JsonSchema {
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.key, fieldSchema(field)])),
    required: fields.filter((field) => field.required).map((field) => field.key),
    additionalProperties: false,
  }
}

/** What such a form leaves in the run: every field is there. */
export function answersSchema(fields: readonly Field[]): JsonSchema {
  return { ...fieldsToSchema(fields), required: fields.map((field) => field.key) }
}

/** A field that may be left empty for good: neither required nor filled by a default. */
export function isNullable(field: Field): boolean {
  return !field.required && (field.default === undefined || field.default === null)
}

function fieldSchema(field: Field): JsonSchema {
  const { type, ...rules } = valueSchema(field)
  const nullable = isNullable(field)
  const options = field.type === 'enum' && field.options ? field.options.map((option) => option.value) : null
  return {
    title: field.label,
    ...(field.help === undefined ? {} : { description: field.help }),
    ...(type === undefined ? {} : { type: nullable ? [...[type].flat(), 'null'] : type }),
    ...rules,
    ...(options === null ? {} : { enum: nullable ? [...options, null] : options }),
    ...(field.default === undefined ? {} : { default: field.default }),
  }
}

const CLOCK_TIME = '^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$'
/** Only the web's own schemes: an address that a person typed ends up in a link sooner or later. */
const WEB_ADDRESS = '^[Hh][Tt][Tt][Pp][Ss]?://'

function valueSchema(field: Field): {
  readonly type?: string | readonly string[]
  readonly [keyword: string]: unknown
} {
  const { minimum, maximum, pattern } = field
  switch (field.type) {
    case 'number':
    case 'integer':
      return { type: field.type, ...given({ minimum, maximum }) }
    case 'boolean':
      return { type: 'boolean' }
    case 'enum':
      return {}
    case 'array':
      return {
        type: 'array',
        items: field.options ? { enum: field.options.map((option) => option.value) } : { type: 'string' },
        ...(field.options ? { uniqueItems: true } : {}),
        ...given({ minItems: minimum ?? (field.required ? 1 : undefined), maxItems: maximum }),
      }
    case 'hidden':
      return { type: ['string', 'number', 'boolean'], ...given({ pattern }) }
    default:
      return {
        type: 'string',
        ...given({ minLength: minimum ?? (field.required ? 1 : undefined), maxLength: maximum }),
        ...format(field),
      }
  }
}

function format({ type, pattern }: Field): JsonSchema {
  const own = type === 'time' ? CLOCK_TIME : type === 'url' ? WEB_ADDRESS : undefined
  const name = FORMATS[type]
  const patterns =
    own !== undefined && pattern !== undefined
      ? { pattern: own, allOf: [{ pattern }] }
      : given({ pattern: own ?? pattern })
  return { ...(name === undefined ? {} : { format: name }), ...patterns }
}

const FORMATS: Readonly<Partial<Record<Field['type'], string>>> = {
  date: 'date',
  datetime: 'date-time',
  email: 'email',
  url: 'uri',
}

function given(rules: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(rules).filter(([, value]) => value !== undefined))
}

/** Completes answers: defaults where nothing was given, null for optional fields that stay empty. Nothing else is changed. */
export function applyDefaults(fields: readonly Field[], values: JsonObject): JsonObject {
  const completed: Record<string, Json> = { ...values }
  for (const field of fields) {
    const value = Object.hasOwn(values, field.key) ? values[field.key] : undefined
    if (!isEmpty(value)) continue
    if (field.default !== undefined && field.default !== null) completed[field.key] = field.default
    else if (!field.required) completed[field.key] = null
    // A required field that was left empty is missing, so that the schema says so in one way only.
    else delete completed[field.key]
  }
  return completed
}

function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null || value === ''
}

/** What a native form POST sends: one string per control, several where a control may have several. */
export type FormData = Readonly<Record<string, string | readonly string[]>>

/**
 * Turns the strings of a native form into values by the fields' types. What cannot be read stays a string, so that the
 * schema refuses it by name; a control that is not a field is kept for the same reason. A check box that is not ticked is
 * not sent at all: that is `false`.
 */
export function coerceFormData(fields: readonly Field[], data: FormData): JsonObject {
  const values: Record<string, Json> = { ...data }
  for (const field of fields) {
    const raw = Object.hasOwn(data, field.key) ? data[field.key] : undefined
    const value = coerce(field, raw)
    if (value === undefined) delete values[field.key]
    else values[field.key] = value
  }
  return values
}

function coerce(field: Field, raw: string | readonly string[] | undefined): Json | undefined {
  if (field.type === 'array') return list(field, raw)
  const text = typeof raw === 'string' ? raw : raw?.at(-1)
  if (field.type === 'boolean') return text === undefined ? false : truth(text)
  if (text === undefined || text.trim() === '') return field.required ? undefined : null
  switch (field.type) {
    case 'number':
    case 'integer':
      return number(text)
    case 'enum':
      return chosen(field, text)
    case 'datetime':
      // A browser's date-and-time control has no zone; without script there is no better guess than UTC.
      return /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text)
        ? `${text}:00Z`
        : /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text)
          ? `${text}Z`
          : text
    case 'string':
      // Browsers send line ends as CR LF; the text people typed has plain ones.
      return text.replaceAll('\r\n', '\n')
    default:
      return text.trim()
  }
}

function list(field: Field, raw: string | readonly string[] | undefined): Json | undefined {
  const parts = raw === undefined ? [] : typeof raw === 'string' ? [raw] : [...raw]
  const texts = field.options ? parts : parts.flatMap((part) => part.split(/\r?\n/)).map((line) => line.trim())
  const items = texts.filter((text) => text !== '').map((text) => (field.options ? chosen(field, text) : text))
  if (items.length > 0) return items
  return field.required ? undefined : null
}

function truth(text: string): Json {
  const word = text.trim().toLowerCase()
  if (['on', 'true', '1', 'yes'].includes(word)) return true
  return ['off', 'false', '0', 'no', ''].includes(word) ? false : text
}

function number(text: string): Json {
  const plain = text.trim()
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(plain) && Number.isFinite(Number(plain))
    ? Number(plain)
    : text
}

/** Options keep their own type: a select sends `"3"` where the option is the number 3. */
function chosen(field: Field, text: string): Json {
  return field.options?.find((option) => String(option.value) === text)?.value ?? text
}
