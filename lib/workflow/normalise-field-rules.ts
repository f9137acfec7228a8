import { checkPattern } from '../schema/gate.ts'
import { validateInterpreted } from '../schema/validate-interpreted.ts'
import type { StepReader } from './catalog.ts'
import type { Field, FieldType } from './definition.ts'
import type { DiagnosticCode } from './diagnostic-codes.ts'
import type { SourcePath } from './diagnostics.ts'
import { fieldsToSchema } from './fields.ts'

type Reader = Pick<StepReader, 'error' | 'warning'>

const LENGTHS: ReadonlySet<FieldType> = new Set(['string', 'email', 'url'])
const NUMBERS: ReadonlySet<FieldType> = new Set(['number', 'integer'])

/** Rules that only make sense once a field is read: bounds, options and defaults that fit its type. */
export function checkFields(fields: readonly Field[], path: SourcePath, reader: Reader): void {
  for (const [i, field] of fields.entries()) checkField(field, [...path, i], reader)
}

function checkField(field: Field, path: SourcePath, reader: Reader): void {
  const { key, type, minimum, maximum, pattern, options } = field
  const error = (code: DiagnosticCode, message: string, where: string) => reader.error(code, message, [...path, where])
  if (type === 'enum' && !options)
    error('field.missing_options', `Field ${key} offers a choice but has no options. Write options: [a, b].`, 'type')
  if (options && type !== 'enum' && type !== 'array')
    error('field.wrong_rule', `options do not fit the type ${type}.`, 'options')
  for (const [where, value] of [
    ['minimum', minimum],
    ['maximum', maximum],
  ] as const) {
    if (value === undefined || NUMBERS.has(type)) continue
    if (!LENGTHS.has(type) && type !== 'array')
      error('field.wrong_rule', `${where} does not fit the type ${type}.`, where)
    else if (!Number.isInteger(value) || value < 0)
      error('field.wrong_rule', `A length is a whole number, 0 or more.`, where)
    else if (LENGTHS.has(type)) {
      const message = `On a text, ${where} means its length: ${where === 'minimum' ? 'at least' : 'at most'} ${value} characters. For a number write type: number.`
      reader.warning('field.length_bound', message, [...path, where])
    }
  }
  if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
    error('field.wrong_rule', `The least (${minimum}) is more than the most (${maximum}).`, 'minimum')
  }
  if (pattern !== undefined) {
    const problem = checkPattern(pattern)
    if (!LENGTHS.has(type) && type !== 'hidden')
      error('field.wrong_rule', `pattern does not fit the type ${type}.`, 'pattern')
    else if (problem !== null) error('field.bad_pattern', problem, 'pattern')
    else checkDefault(field, path, reader)
  } else checkDefault(field, path, reader)
}

function checkDefault(field: Field, path: SourcePath, reader: Reader): void {
  if (field.default === undefined || field.default === null) return
  const [violation] = validateInterpreted(fieldsToSchema([field]), { [field.key]: field.default })
  if (violation)
    reader.error('field.bad_default', `The default does not fit the field: ${violation.message}.`, [...path, 'default'])
}
