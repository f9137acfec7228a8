import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import type { StepReader } from './catalog.ts'
import type { SourcePath } from './diagnostics.ts'
import { meantKey, meantValue, oneOf } from './suggest.ts'

type Problems = Pick<StepReader, 'error'>

export const OPERATORS: ReadonlyMap<string, (field: string, value: string) => string> = new Map([
  ['eq', (field: string, value: string) => `${field} == ${value}`],
  ['neq', (field: string, value: string) => `${field} != ${value}`],
  ['gt', (field: string, value: string) => `${field} > ${value}`],
  ['gte', (field: string, value: string) => `${field} >= ${value}`],
  ['lt', (field: string, value: string) => `${field} < ${value}`],
  ['lte', (field: string, value: string) => `${field} <= ${value}`],
  ['in', (field: string, value: string) => `${field} in ${value}`],
  ['contains', (field: string, value: string) => `contains(${field}, ${value})`],
])

const PATH = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*|\[\d{1,9}\]|\['[\w -]{1,100}'\]|\["[\w -]{1,100}"\])*$/
const MAX_DEPTH = 8

/**
 * Reads a condition in any of its forms into one expression: an expression, `true`/`false`, `{field, operator, value}`, or
 * those nested under `all` and `any`. Answers null after reporting what cannot be read.
 */
export function readCondition(raw: Json, path: SourcePath, problems: Problems, depth = 0): string | null {
  if (typeof raw === 'boolean') return String(raw)
  if (typeof raw === 'string') return raw
  if (!isJsonObject(raw)) {
    problems.error('condition.wrong_type', 'A condition is an expression, or {field, operator, value}.', path)
    return null
  }
  if (depth > MAX_DEPTH) {
    problems.error('condition.too_deep', 'These conditions are nested too deep. Write one expression instead.', path)
    return null
  }
  for (const [key, joiner] of [
    ['all', ' and '],
    ['any', ' or '],
  ] as const) {
    if (raw[key] !== undefined) return readGroup(raw, key, joiner, path, problems, depth)
  }
  return readComparison(raw, path, problems)
}

function readGroup(
  raw: JsonObject,
  key: string,
  joiner: string,
  path: SourcePath,
  problems: Problems,
  depth: number,
): string | null {
  const others = Object.keys(raw).filter((other) => other !== key)
  const items = raw[key]
  if (others[0] !== undefined) {
    problems.error('condition.unknown_key', `${others[0]} does not belong beside ${key}. Put it into the list.`, [
      ...path,
      others[0],
    ])
    return null
  }
  if (!Array.isArray(items) || items.length === 0) {
    problems.error('condition.wrong_type', `${key} holds a list of conditions, at least one.`, [...path, key])
    return null
  }
  const parts = items.map((item: Json, i) => readCondition(item, [...path, key, i], problems, depth + 1))
  return parts.includes(null) ? null : parts.map((part) => `(${part})`).join(joiner)
}

function readComparison(raw: JsonObject, path: SourcePath, problems: Problems): string | null {
  const known = ['field', 'operator', 'value']
  const unknown = Object.keys(raw).find((key) => !known.includes(key))
  if (unknown !== undefined) {
    const meant = meantKey(unknown, [...known, 'all', 'any'])
    problems.error(
      'condition.unknown_key',
      `A condition has no key ${unknown}. It has ${oneOf(known)}, or all, or any.`,
      [...path, unknown],
      meant,
    )
    return null
  }
  const { field, operator = 'eq', value } = raw
  if (typeof field !== 'string' || !PATH.test(field)) {
    problems.error('condition.bad_field', 'field names a value, such as score or runtime.score.', [...path, 'field'])
    return null
  }
  const compile = typeof operator === 'string' ? OPERATORS.get(operator) : undefined
  if (!compile) {
    const meant = typeof operator === 'string' ? meantValue(operator, OPERATORS.keys()) : undefined
    problems.error(
      'condition.unknown_operator',
      `operator is one of ${oneOf([...OPERATORS.keys()])}.`,
      [...path, 'operator'],
      meant,
    )
    return null
  }
  const literal = value === undefined ? null : toLiteral(value)
  if (literal === null) {
    const message =
      value === undefined
        ? 'Say what to compare with: value is missing.'
        : 'value is text, a number, true, false, null or a list of these.'
    problems.error('condition.bad_value', message, value === undefined ? path : [...path, 'value'])
    return null
  }
  if (operator === 'in' && !Array.isArray(value) && typeof value !== 'string') {
    problems.error('condition.bad_value', 'For in, value is a list (or a text to look in).', [...path, 'value'])
    return null
  }
  return compile(field, literal)
}

/** A value as it is written in an expression; null when it cannot be. */
export function toLiteral(value: Json): string | null {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return String(value)
  if (typeof value === 'string') return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
  if (!Array.isArray(value)) return null
  const items = value.map((item: Json) => (Array.isArray(item) ? null : toLiteral(item)))
  return items.includes(null) ? null : `[${items.join(', ')}]`
}
