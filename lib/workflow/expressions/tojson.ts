import type { Json } from '../../json.ts'
import type { Span } from './ast.ts'
import { displayNumber } from './display.ts'
import type { Fuel } from './fuel.ts'
import { compareText, isList, isPlain, ownValue } from './values.ts'

/**
 * JSON text to the letter of Jinja's `tojson`: keys sorted, a space behind comma and colon, everything outside ASCII
 * and the characters HTML gives a meaning to (`< > & '`) as `\uXXXX`, so that it is safe in a page as well.
 * `indent` spreads it over lines.
 */
export function toJinjaJson(value: Json, indent: number | null, fuel: Fuel, at: Span): string {
  const write = (item: Json, level: number): string => {
    fuel.spend(1, at)
    fuel.descend(level, at)
    if (!isPlain(item)) return write(null, level)
    if (isList(item)) {
      const elements = item.map((element) => write(element, level + 1))
      return block('[', elements, ']', level)
    }
    if (typeof item !== 'object' || item === null) return charge(scalar(item))
    const entries = Object.keys(item)
      .sort(compareText)
      .map((key) => `${charge(quoted(key))}: ${write(ownValue(item, key) ?? null, level + 1)}`)
    return block('{', entries, '}', level)
  }

  const block = (open: string, entries: readonly string[], close: string, level: number): string => {
    if (entries.length === 0) return charge(open + close)
    if (indent === null) {
      fuel.produce(2 * entries.length + 2, at)
      return `${open}${entries.join(', ')}${close}`
    }
    const inner = `\n${' '.repeat(indent * (level + 1))}`
    const outer = `\n${' '.repeat(indent * level)}`
    fuel.produce(entries.length * (inner.length + 1) + outer.length + 2, at)
    return open + inner + entries.join(`,${inner}`) + outer + close
  }

  const charge = (text: string): string => {
    fuel.produce(text.length, at)
    return text
  }

  return write(value, 0)
}

function scalar(value: null | boolean | number | string): string {
  if (typeof value === 'string') return quoted(value)
  return typeof value === 'number' ? displayNumber(value) : String(value)
}

function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&'\u007f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
