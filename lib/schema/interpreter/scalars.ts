import type { Json } from '#lib/json.ts'
import { FORMATS } from '../formats.ts'
import { MESSAGES } from '../messages.ts'
import { compilePattern } from '../pattern.ts'
import { numberAt, type SchemaObject, textAt } from './outcome.ts'

type Report = (keyword: string, message: string) => void

/** Half of the last digits a double carries: 0.3 counts as a multiple of 0.1, as people mean it. */
const MULTIPLE_PRECISION = 1e-10

export function checkString(schema: SchemaObject, value: string, report: Report): void {
  const least = numberAt(schema, 'minLength')
  const most = numberAt(schema, 'maxLength')
  if (least !== undefined || most !== undefined) {
    const length = codePoints(value)
    if (least !== undefined && length < least) report('minLength', MESSAGES.minLength(least, length))
    if (most !== undefined && length > most) report('maxLength', MESSAGES.maxLength(most, length))
  }
  const pattern = textAt(schema, 'pattern')
  if (pattern !== undefined && !compilePattern(pattern).test(value)) report('pattern', MESSAGES.pattern(pattern))
  const format = textAt(schema, 'format')
  if (format !== undefined && FORMATS.get(format)?.test(value) === false) report('format', MESSAGES.format(format))
}

export function checkNumber(schema: SchemaObject, value: number, report: Report): void {
  const minimum = numberAt(schema, 'minimum')
  const maximum = numberAt(schema, 'maximum')
  const above = numberAt(schema, 'exclusiveMinimum')
  const below = numberAt(schema, 'exclusiveMaximum')
  const step = numberAt(schema, 'multipleOf')
  if (minimum !== undefined && value < minimum) report('minimum', MESSAGES.minimum(minimum))
  if (maximum !== undefined && value > maximum) report('maximum', MESSAGES.maximum(maximum))
  if (above !== undefined && value <= above) report('exclusiveMinimum', MESSAGES.exclusiveMinimum(above))
  if (below !== undefined && value >= below) report('exclusiveMaximum', MESSAGES.exclusiveMaximum(below))
  if (step !== undefined) {
    const times = value / step
    if (Math.abs(Math.round(times) - times) > MULTIPLE_PRECISION) report('multipleOf', MESSAGES.multipleOf(step))
  }
}

export function isOfType(value: Json, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null
    case 'array':
      return Array.isArray(value)
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value)
    default:
      return typeof value === type
  }
}

/** Equal as JSON: the order of keys does not matter. Two values are equal when these texts are. */
export function identity(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(identity).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${identity(item)}`).join(',')}}`
  }
  return JSON.stringify(value)
}

function codePoints(text: string): number {
  let length = 0
  for (const _ of text) length++
  return length
}
