import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import { readSchema } from '../schema/gate.ts'
import type { StepReader } from './catalog.ts'
import type { Field, FieldType, InputsDefinition } from './definition.ts'
import type { SourcePath } from './diagnostics.ts'
import { fieldsToSchema } from './fields.ts'
import { fieldKeyProblem } from './names.ts'
import { checkFields } from './normalise-field-rules.ts'
import { readFields, toLabel } from './normalise-fields.ts'

/** Reads `inputs:`: a list in the vocabulary of form fields, or a JSON Schema of an object. */
export function readInputs(
  written: Json,
  path: SourcePath,
  reader: Pick<StepReader, 'error' | 'warning'>,
): InputsDefinition | null {
  if (Array.isArray(written)) {
    const fields = readFields(written, path, reader)
    checkFields(fields, path, reader)
    return { fields, schema: fieldsToSchema(fields) }
  }
  if (!isJsonObject(written)) {
    reader.error('inputs.wrong_type', 'inputs is a list of fields, or a JSON Schema.', path)
    return null
  }
  const { problems, schema } = readSchema(written)
  // What is plain data stays plain data in other words.
  const raw = schema as JsonObject
  for (const { code, message, path: place } of problems) reader.error(code, message, [...path, ...place])
  if (problems.length > 0) return null
  if (raw.type !== 'object') {
    reader.error(
      'inputs.wrong_type',
      'The schema of inputs describes an object. Write type: object.',
      raw.type === undefined ? path : [...path, 'type'],
    )
    return null
  }
  const properties = isJsonObject(raw.properties) ? raw.properties : {}
  for (const key of Object.keys(properties)) {
    const problem = fieldKeyProblem(key)
    if (problem !== null) reader.error('inputs.bad_key', problem, [...path, 'properties', key])
  }
  return { fields: Object.entries(properties).map(([key, schema]) => toField(key, schema, raw)), schema: raw }
}

const SIMPLE: ReadonlyMap<string, FieldType> = new Map<string, FieldType>([
  ['string', 'string'],
  ['number', 'number'],
  ['integer', 'integer'],
  ['boolean', 'boolean'],
  ['array', 'array'],
])
const FORMATS: ReadonlyMap<string, FieldType> = new Map<string, FieldType>([
  ['date', 'date'],
  ['date-time', 'datetime'],
  ['email', 'email'],
  ['uri', 'url'],
])

/** The nearest field, for showing the inputs as a form. The schema stays what is validated by. */
function toField(key: string, schema: Json, parent: JsonObject): Field {
  const own = isJsonObject(schema) ? schema : {}
  const type = [own.type ?? 'string'].flat().find((name) => name !== 'null')
  const options = Array.isArray(own.enum) ? own.enum.filter(isOption) : []
  const plain = FORMATS.get(String(own.format)) ?? SIMPLE.get(String(type)) ?? 'string'
  const required = Array.isArray(parent.required) && parent.required.includes(key)
  return {
    key,
    type: options.length > 0 ? 'enum' : plain,
    label: typeof own.title === 'string' ? own.title : toLabel(key),
    required,
    ...(own.default === undefined ? {} : { default: own.default }),
    ...(typeof own.description === 'string' ? { help: own.description } : {}),
    ...(options.length > 0 ? { options: options.map((value) => ({ value, label: String(value) })) } : {}),
  }
}

function isOption(value: Json): value is string | number | boolean {
  return value !== null && typeof value !== 'object'
}
