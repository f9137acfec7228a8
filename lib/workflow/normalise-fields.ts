import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import { asWritten } from './as-written.ts'
import type { StepReader } from './catalog.ts'
import { asFlag, asNumber, asText, isSame } from './cures.ts'
import type { Field, FieldOption, FieldType } from './definition.ts'
import type { SourcePath } from './diagnostics.ts'
import { fieldKeyProblem } from './names.ts'
import { meantKey, meantValue } from './suggest.ts'

type Reader = Pick<StepReader, 'error' | 'warning'>

/** What authors write → the canonical type. */
export const TYPES: ReadonlyMap<string, FieldType> = new Map<string, FieldType>([
  ['string', 'string'],
  ['text', 'string'],
  ['textarea', 'string'],
  ['dropdown', 'enum'],
  ['select', 'enum'],
  ['radio', 'enum'],
  ['enum', 'enum'],
  ['multiselect', 'array'],
  ['array', 'array'],
  ['checkbox', 'boolean'],
  ['bool', 'boolean'],
  ['boolean', 'boolean'],
  ['int', 'integer'],
  ['integer', 'integer'],
  ['number', 'number'],
  ['date', 'date'],
  ['datetime', 'datetime'],
  ['time', 'time'],
  ['email', 'email'],
  ['url', 'url'],
  ['hidden', 'hidden'],
])
/** Known to the language, not to this build. */
const LATER_TYPES: ReadonlySet<string> = new Set(['file'])

/** Accepted key → canonical key. */
export const KEYS: ReadonlyMap<string, string> = new Map([
  ['key', 'key'],
  ['name', 'key'],
  ['id', 'key'],
  ['type', 'type'],
  ['label', 'label'],
  ['required', 'required'],
  ['default', 'default'],
  ['prefill', 'prefill'],
  ['help', 'help'],
  ['placeholder', 'placeholder'],
  ['pattern', 'pattern'],
  ['min', 'minimum'],
  ['minimum', 'minimum'],
  ['max', 'maximum'],
  ['maximum', 'maximum'],
  ['multiline', 'multiline'],
  ['options', 'options'],
  ['enum', 'options'],
  ['values', 'options'],
])
export const LATER_KEYS: ReadonlySet<string> = new Set(['show_if', 'required_if', 'page', 'accept', 'max_size'])

/** Reads a list of form fields or declared inputs. What cannot be read is reported at the author's own keys and left out. */
export function readFields(raw: Json, path: SourcePath, reader: Reader): Field[] {
  if (!Array.isArray(raw)) {
    reader.error('field.wrong_type', 'Fields are a list: - {key: topic, type: string}.', path)
    return []
  }
  const seen = new Map<string, number>()
  return raw.flatMap((item: Json, i) => {
    const field = readField(item, [...path, i], reader)
    if (field === null) return []
    if (seen.has(field.key)) {
      const message = `There are two fields ${field.key}. Give each its own key.`
      reader.error('field.duplicate_key', message, [...path, i, keyName(item, 'key')])
      return []
    }
    seen.set(field.key, i)
    return [field]
  })
}

/** The key an author used for a canonical one, for pointing at it. */
function keyName(item: Json, canonical: string): string {
  const used = isJsonObject(item) ? Object.keys(item).find((key) => KEYS.get(key) === canonical) : undefined
  return used ?? canonical
}

function readField(raw: Json, path: SourcePath, reader: Reader): Field | null {
  if (!isJsonObject(raw)) {
    reader.error('field.wrong_type', 'A field is a mapping such as {key: topic, type: string}.', path)
    return null
  }
  const given = readKeys(raw, path, reader)
  const at = (canonical: string): SourcePath => [...path, keyName(raw, canonical)]
  const { key } = given
  if (typeof key !== 'string') {
    reader.error(
      'field.missing_key',
      'A field needs a key: the name under which its answer is kept.',
      key === undefined ? path : at('key'),
    )
    return null
  }
  const problem = fieldKeyProblem(key)
  if (problem !== null) {
    reader.error('field.bad_key', problem, at('key'))
    return null
  }
  const type = readType(given, at('type'), reader)
  if (type === null) return null
  return {
    key,
    type,
    label: text(given, 'label', at, reader) ?? toLabel(key),
    required: flag(given, 'required', at, reader) ?? false,
    ...(given.default === undefined ? {} : { default: given.default }),
    ...optional('prefill', given.prefill === undefined ? undefined : scalarText(given.prefill, at('prefill'), reader)),
    ...optional('help', text(given, 'help', at, reader)),
    ...optional('placeholder', text(given, 'placeholder', at, reader)),
    ...optional('pattern', text(given, 'pattern', at, reader)),
    ...optional('minimum', bound(given, 'minimum', at, reader)),
    ...optional('maximum', bound(given, 'maximum', at, reader)),
    ...optional('multiline', given.type === 'textarea' ? true : flag(given, 'multiline', at, reader)),
    ...optional('options', given.options === undefined ? undefined : readOptions(given.options, at('options'), reader)),
  }
}

function readKeys(raw: JsonObject, path: SourcePath, reader: Reader): JsonObject {
  const given: Record<string, Json> = {}
  for (const [name, value] of Object.entries(raw)) {
    const canonical = KEYS.get(name)
    if (canonical === undefined) {
      if (LATER_KEYS.has(name)) {
        reader.warning('not_yet_effective', `${name} is not honoured yet; the field behaves as if it were not there.`, [
          ...path,
          name,
        ])
      } else {
        const meant = meantKey(name, [...KEYS.keys(), ...LATER_KEYS])
        reader.error('field.unknown_key', `A field has no key ${name}.`, [...path, name], meant)
      }
    } else if (given[canonical] !== undefined) {
      const cure = isSame(given[canonical], value) ? 'remove' : undefined
      const message = `${name} says the same as another key of this field. Keep one of them.`
      reader.error('field.exclusive_keys', message, [...path, name], { cure })
    } else {
      given[canonical] = value
    }
  }
  return given
}

function readType(given: JsonObject, path: SourcePath, reader: Reader): FieldType | null {
  const raw = given.type ?? (given.options === undefined ? 'string' : 'enum')
  const type = typeof raw === 'string' ? TYPES.get(raw.toLowerCase()) : undefined
  if (type !== undefined) return type === 'string' && given.options !== undefined ? 'enum' : type
  if (typeof raw === 'string' && LATER_TYPES.has(raw)) {
    reader.error(
      'field.type_unavailable',
      `This build cannot take fields of type ${raw} yet. Ask for a url instead.`,
      path,
    )
  } else {
    const meant = typeof raw === 'string' ? meantValue(raw, TYPES.keys()) : undefined
    reader.error(
      'field.unknown_type',
      `There is no field type ${asWritten(raw)}. Use string, number, boolean, date, enum …`,
      path,
      meant,
    )
  }
  return null
}

function readOptions(raw: Json, path: SourcePath, reader: Reader): FieldOption[] {
  if (!Array.isArray(raw) || raw.length === 0) {
    reader.error('field.bad_options', 'Options are a list of texts, or of {label, value}; at least one.', path)
    return []
  }
  const options = raw.flatMap((item: Json, i) => readOption(item, [...path, i], reader) ?? [])
  const first = new Map(options.map(({ value }, i) => [String(value), i] as const).toReversed())
  const twice = options.findIndex(({ value }, i) => first.get(String(value)) !== i)
  if (twice >= 0)
    reader.error('field.bad_options', 'This option stands here twice. Remove one.', [...path, twice], {
      cure: 'remove',
    })
  return options
}

function readOption(item: Json, path: SourcePath, reader: Reader): FieldOption | null {
  if (isOptionValue(item)) return { value: item, label: String(item) }
  if (isJsonObject(item)) {
    const unknown = Object.keys(item).find((key) => key !== 'label' && key !== 'value')
    const { value, label = value } = item
    if (
      unknown === undefined &&
      value !== undefined &&
      isOptionValue(value) &&
      label !== undefined &&
      isOptionValue(label)
    ) {
      return { value, label: String(label) }
    }
    if (unknown !== undefined) {
      reader.error(
        'field.unknown_key',
        `An option has no key ${unknown}. It has label and value.`,
        [...path, unknown],
        meantKey(unknown, ['label', 'value']),
      )
      return null
    }
  }
  reader.error('field.bad_options', 'An option is a text, a number, or {label: …, value: …}.', path)
  return null
}

function isOptionValue(value: Json): value is FieldOption['value'] {
  return (typeof value === 'string' && value !== '') || typeof value === 'number' || typeof value === 'boolean'
}

function text(given: JsonObject, key: string, at: (key: string) => SourcePath, reader: Reader): string | undefined {
  const value = given[key]
  if (value === undefined || typeof value === 'string') return value
  reader.error('field.wrong_type', `${key} is a text. Put it in quotes.`, at(key), { cure: asText(value) })
  return undefined
}

function scalarText(value: Json, path: SourcePath, reader: Reader): string | undefined {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value)
  reader.error('field.wrong_type', 'prefill is a text or a template.', path)
  return undefined
}

function flag(given: JsonObject, key: string, at: (key: string) => SourcePath, reader: Reader): boolean | undefined {
  const value = given[key]
  if (value === undefined || typeof value === 'boolean') return value
  reader.error('field.wrong_type', `${key} is true or false.`, at(key), { cure: asFlag(value) })
  return undefined
}

function bound(given: JsonObject, key: string, at: (key: string) => SourcePath, reader: Reader): number | undefined {
  const value = given[key]
  if (value === undefined || typeof value === 'number') return value
  reader.error('field.wrong_type', `${key} is a number.`, at(key), { cure: asNumber(value) })
  return undefined
}

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: V })
}

/** `word_count` → `Word count`. */
export function toLabel(key: string): string {
  const words = key.replaceAll(/[_-]+/g, ' ').trim()
  return words === '' ? key : `${words[0]?.toUpperCase()}${words.slice(1)}`
}
