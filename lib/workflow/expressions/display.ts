import type { Json } from '../../json.ts'
import type { Span } from './ast.ts'
import type { Fuel } from './fuel.ts'
import { isList, isPlain, ownValue } from './values.ts'

/** A value as it is printed into text: as Jinja prints it, but null as nothing. */
export function display(value: Json, fuel: Fuel, at: Span): string {
  if (value === null) return ''
  if (typeof value === 'string') {
    fuel.produce(value.length, at)
    return value
  }
  return representation(value, fuel, at)
}

/** A value as Python writes it inside lists and objects. */
function representation(value: Json, fuel: Fuel, at: Span, depth = 0): string {
  fuel.spend(1, at)
  fuel.descend(depth, at)
  // Data is JSON by its type; what is not shows as nothing.
  if (!isPlain(value)) return representation(null, fuel, at, depth)
  if (isList(value)) {
    const items = value.map((item) => representation(item, fuel, at, depth + 1))
    return charged(`[${items.join(', ')}]`, 2 * items.length, fuel, at)
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.keys(value).map(
      (key) => `${quoted(key)}: ${representation(ownValue(value, key) ?? null, fuel, at, depth + 1)}`,
    )
    const own = Object.keys(value).reduce((sum, key) => sum + key.length + 6, 2)
    return charged(`{${entries.join(', ')}}`, own, fuel, at)
  }
  const text = scalar(value)
  return charged(text, text.length, fuel, at)
}

function charged(text: string, characters: number, fuel: Fuel, at: Span): string {
  fuel.produce(characters, at)
  return text
}

function scalar(value: null | boolean | number | string): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return typeof value === 'number' ? displayNumber(value) : quoted(value)
}

/** A number as Python writes it, except that a float without a fraction is a whole number here. */
export function displayNumber(value: number): string {
  if (Object.is(value, -0)) return '0'
  if (Number.isSafeInteger(value)) return String(value)
  const [digits = '', exponent = '0'] = value.toExponential().split('e')
  const power = Number(exponent)
  if (power >= -4 && power < 16) return plainDecimal(digits, power)
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}

/** `d.ddd × 10^power` without an exponent; the digits are the shortest that read back as the same number. */
function plainDecimal(mantissa: string, power: number): string {
  const sign = mantissa.startsWith('-') ? '-' : ''
  const digits = mantissa.replace(/[-.]/g, '')
  if (power < 0) return `${sign}0.${'0'.repeat(-power - 1)}${digits}`
  const whole = digits.slice(0, power + 1).padEnd(power + 1, '0')
  const fraction = digits.slice(power + 1)
  return sign + whole + (fraction === '' ? '' : `.${fraction}`)
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
])

/** Characters Python does not print: controls, separators other than the space, what is unassigned or private. */
const UNPRINTABLE = /[\\\p{C}\p{Z}]/gu

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const body = text.replace(UNPRINTABLE, (char) => (char === ' ' ? char : (ESCAPES.get(char) ?? escaped(char))))
  return quote + (quote === "'" ? body.replaceAll("'", "\\'") : body) + quote
}

function escaped(char: string): string {
  const code = char.codePointAt(0) ?? 0
  if (code <= 0xff) return `\\x${hex(code, 2)}`
  return code <= 0xffff ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0')
}
