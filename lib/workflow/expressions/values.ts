import { isJsonObject, type Json, type JsonObject } from '../../json.ts'
import type { Span } from './ast.ts'
import { tellApart } from './exact.ts'
import type { Fuel } from './fuel.ts'

/** How a value's type is called in messages. */
export function typeName(value: Json): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return 'text'
  if (typeof value === 'boolean') return 'a truth value'
  if (typeof value === 'number') return 'a number'
  return isList(value) ? 'a list' : 'an object'
}

export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

/**
 * An object's own value under a key. Undefined where there is none, and also where what stands there is not plain data:
 * an accessor or a host value is never touched.
 */
export function ownValue(object: JsonObject, key: string): Json | undefined {
  const value: unknown = Object.getOwnPropertyDescriptor(object, key)?.value
  return isPlain(value) ? value : undefined
}

/** One level of what JSON can say. Deeper levels are asked when they are reached. */
export function isPlain(value: unknown): value is Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object') return false
  if (Array.isArray(value)) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}

/** Deep equality. Unlike types are not equal; a truth value is no number. */
export function isEqual(left: Json, right: Json, fuel: Fuel, at: Span, depth = 0): boolean {
  fuel.spend(1, at)
  fuel.descend(depth, at)
  if (typeof left === 'string' && typeof right === 'string' && left.length === right.length) {
    fuel.read(left.length, at)
  }
  if (typeof left === 'number' && typeof right === 'number') tellApart(left, right, at)
  if (left === right) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  if (isList(left) || isList(right)) {
    return (
      isList(left) &&
      isList(right) &&
      left.length === right.length &&
      left.every((item, i) => isEqual(item, right[i] ?? null, fuel, at, depth + 1))
    )
  }
  const keys = Object.keys(left)
  if (keys.length !== Object.keys(right).length) return false
  return keys.every((key) => {
    const [a, b] = [ownValue(left, key), ownValue(right, key)]
    return a !== undefined && b !== undefined && isEqual(a, b, fuel, at, depth + 1)
  })
}

/**
 * Texts in the order of their code points, as Python has it. JavaScript's own order is that of UTF-16 units, in which
 * U+FFFD stands behind an emoji.
 */
export function compareText(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let i = 0; i < length; i++) {
    const [a, b] = [left.charCodeAt(i), right.charCodeAt(i)]
    if (a === b) continue
    const [highA, highB] = [isSurrogate(a), isSurrogate(b)]
    if (highA === highB) return a - b
    return highA ? 1 : -1
  }
  return left.length - right.length
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff
}

/** The character (code point) at a position, from the end where it is negative; undefined beyond the ends. */
export function characterAt(text: string, index: number): string | undefined {
  const step = index < 0 ? -1 : 1
  let unit = index < 0 ? text.length - 1 : 0
  for (let left = index < 0 ? -1 - index : index; left > 0 && unit >= 0 && unit < text.length; left--) {
    unit += step * (isPair(text, step > 0 ? unit : unit - 1) ? 2 : 1)
  }
  const start = step < 0 && isPair(text, unit - 1) ? unit - 1 : unit
  const point = start < 0 ? undefined : text.codePointAt(start)
  return point === undefined ? undefined : String.fromCodePoint(point)
}

/** The number of code points. */
export function textLength(text: string): number {
  let length = text.length
  for (let i = 0; i < text.length - 1; i++) if (isPair(text, i)) length--
  return length
}

/** Whether the two units from here on are one character. */
function isPair(text: string, at: number): boolean {
  const high = text.charCodeAt(at)
  if (!(high >= 0xd800 && high <= 0xdbff)) return false
  const low = text.charCodeAt(at + 1)
  return low >= 0xdc00 && low <= 0xdfff
}

/** Whether the text `part` stands in `text`. Charged by the worst a search can take. */
export function includesText(text: string, part: string, fuel: Fuel, at: Span): boolean {
  chargeSearch(text, part, fuel, at)
  return text.includes(part)
}

/** Searching is linear for ordinary texts and a product of both lengths for contrived ones: charged as a share of that. */
export function chargeSearch(text: string, part: string, fuel: Fuel, at: Span): void {
  fuel.read(text.length, at)
  fuel.spend(Math.ceil((text.length * part.length) / 1_024), at)
}

/** What Python's `in` says; undefined where nothing can be in such a value. */
export function isMember(item: Json, container: Json, fuel: Fuel, at: Span): boolean | undefined {
  if (isList(container)) return container.some((candidate) => isEqual(item, candidate, fuel, at))
  if (typeof container === 'string')
    return typeof item === 'string' ? includesText(container, item, fuel, at) : undefined
  // A list or object cannot be a key, so asking for one is a slip; a number could be, and is not.
  if (!isJsonObject(container) || (typeof item === 'object' && item !== null)) return undefined
  return typeof item === 'string' && ownValue(container, item) !== undefined
}
