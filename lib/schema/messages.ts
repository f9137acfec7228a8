import type { Json } from '#lib/json.ts'
import { FORMATS } from './formats.ts'

/**
 * What people (and models that are asked again) read. Each completes a sentence that begins with the name of the value:
 * "topic: must be at least 3 characters". Kept apart from the checks, so that there is one voice.
 */

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  null: 'null',
}

const LISTED = 20
const SHOWN = 80

export const MESSAGES = {
  required: () => 'is required',
  requiredWith: (other: string) => `is required when ${other} is given`,
  notAllowed: () => 'is not allowed here',
  type: (types: readonly string[], value: Json) =>
    `must be ${or(types.map((type) => TYPE_WORDS[type] ?? type))}, not ${describe(value)}`,
  enum: (values: readonly Json[]) =>
    values.length > LISTED ? 'must be one of the listed values' : `must be one of: ${values.map(show).join(', ')}`,
  const: (value: Json) => `must be ${show(value)}`,
  minLength: (least: number, has: number) =>
    least === 1 ? 'must not be empty' : `must be at least ${count(least, 'character')}; it has ${has}`,
  maxLength: (most: number, has: number) => `must be at most ${count(most, 'character')}; it has ${has}`,
  pattern: (source: string) => `must ${inWords(source) ?? `match the pattern ${source}`}`,
  format: (name: string) => `must be ${FORMATS.get(name)?.label ?? name}`,
  minimum: (least: number) => `must be at least ${least}`,
  maximum: (most: number) => `must be at most ${most}`,
  exclusiveMinimum: (bound: number) => `must be more than ${bound}`,
  exclusiveMaximum: (bound: number) => `must be less than ${bound}`,
  multipleOf: (step: number) => `must be a multiple of ${step}`,
  minItems: (least: number, has: number) => `must have at least ${count(least, 'entry', 'entries')}; it has ${has}`,
  maxItems: (most: number, has: number) => `must have at most ${count(most, 'entry', 'entries')}; it has ${has}`,
  uniqueItems: (first: number, second: number) =>
    `must not hold the same entry twice: entries ${first + 1} and ${second + 1} are equal`,
  minContains: (least: number, has: number) =>
    `must hold at least ${count(least, 'entry', 'entries')} of the required form; it has ${has}`,
  maxContains: (most: number, has: number) =>
    `must hold at most ${count(most, 'entry', 'entries')} of the given form; it has ${has}`,
  minProperties: (least: number, has: number) =>
    `must have at least ${count(least, 'property', 'properties')}; it has ${has}`,
  maxProperties: (most: number, has: number) =>
    `must have at most ${count(most, 'property', 'properties')}; it has ${has}`,
  propertyName: (why: string) => `has a name that is not allowed: it ${why}`,
  anyOf: (forms: number) => `fits none of the ${forms} allowed forms`,
  oneOf: (fitting: readonly number[]) =>
    `must fit exactly one of the allowed forms, but fits ${and(fitting.map((i) => `number ${i + 1}`))}`,
  not: () => 'has a form that is not allowed',
  tooCostly: () => 'is too complex to be checked; make it smaller',
  unexplained: () => 'does not match the schema',
} as const

/** The patterns people write most, as they would say them; null for any other. */
function inWords(pattern: string): string | null {
  const found = /^\^(\.|\\d|\[0-9\])\{(\d+)(?:,(\d*))?\}\$$/.exec(pattern)
  if (found === null) return null
  const [, of, least = '', most] = found
  const unit = of === '.' ? 'character' : 'digit'
  if (most === undefined || most === least) return `be ${count(Number(least), unit)}`
  if (most === '') return `be at least ${count(Number(least), unit)}`
  return least === '0' ? `be at most ${count(Number(most), unit)}` : `be ${least} to ${count(Number(most), unit)}`
}

function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`
}

function or(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

function and(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

function show(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text
}

function describe(value: Json): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'string') return 'text'
  return typeof value === 'object' ? 'an object' : String(value)
}
