import { isJsonObject, type Json, PROTOTYPE_KEYS } from '#lib/json.ts'
import type { Random } from '#lib/mock-ai/random.ts'
import { tokens } from './material.ts'

/** So long a text may become by being repeated: nearly as long as a whole workflow may be. */
const LONGEST = 250_000
const NAMES = [...PROTOTYPE_KEYS, '', 'a', '0', 'x'.repeat(300), 'é🚀', '$ref', '\u202e', '-1', 'id', 'type'] as const

export function oneOf<T>(random: Random, items: readonly T[]): T {
  const item = items[random.int(0, items.length - 1)]
  if (item === undefined) throw new Error('There is nothing to choose from.')
  return item
}

/** A text changed in a few places; `others` are what parts are taken from. */
export function mutateText(random: Random, text: string, others: readonly string[]): string {
  let mutated = text
  for (let left = random.int(1, 4); left > 0; left--) mutated = mutateOnce(random, mutated, others)
  return mutated
}

function mutateOnce(random: Random, text: string, others: readonly string[]): string {
  const from = random.int(0, text.length)
  const to = Math.min(text.length, from + random.int(0, random.next() < 0.2 ? 200 : 12))
  const [before, span, after] = [text.slice(0, from), text.slice(from, to), text.slice(to)]
  switch (random.int(0, 8)) {
    case 0:
      return before + after
    case 1:
      return before + random.pick(tokens) + after
    case 2:
      return before + span + random.pick(tokens) + after
    case 3:
      return before + span + span + after
    case 4:
      return before + String.fromCodePoint(codePoint(random)) + after
    case 5: {
      const other = oneOf(random, others)
      const at = random.int(0, other.length)
      return before + other.slice(at, at + random.int(1, 60)) + after
    }
    case 6:
      return text.slice(0, from)
    case 7:
      return before + shiftIndent(random, span + after)
    default:
      return before + repeated(random, span === '' ? random.pick(tokens) : span) + after
  }
}

function codePoint(random: Random): number {
  return random.pick([random.int(0, 0x7f), random.int(0x80, 0x7ff), random.int(0, 0x10ffff)])
}

/** Sometimes so often that nothing may follow it by recursion. */
function repeated(random: Random, part: string): string {
  const times = random.next() < 0.03 ? random.int(1_000, 60_000) : random.int(2, 40)
  return part.repeat(Math.min(times, Math.floor(LONGEST / part.length)))
}

function shiftIndent(random: Random, text: string): string {
  return text.replace(/\n( *)/, (_, spaces: string) => `\n${' '.repeat(random.int(0, spaces.length + 3))}`)
}

/** Tokens in any order, or any characters at all. */
export function randomText(random: Random): string {
  const length = random.int(0, 40)
  const token = () => random.pick(tokens) + random.pick(['', ' '])
  const character = () => String.fromCodePoint(codePoint(random))
  return Array.from({ length }, random.next() < 0.7 ? token : character).join('')
}

/** A value with one place changed: another value, another key, one more level, or nothing. `others` are what is put in. */
export function mutateValue(random: Random, value: Json, others: readonly Json[], deep = 0): Json {
  const within = deep < 40 && random.next() < 0.85
  if (within && Array.isArray(value) && value.length > 0) {
    const at = random.int(0, value.length - 1)
    return value.map((item, i) => (i === at ? mutateValue(random, item, others, deep + 1) : item))
  }
  if (within && isJsonObject(value) && Object.keys(value).length > 0) {
    const chosen = oneOf(random, Object.keys(value))
    return object(
      Object.entries(value).map(([key, item]) => [
        key,
        key === chosen ? mutateValue(random, item, others, deep + 1) : item,
      ]),
    )
  }
  return replaced(random, value, others)
}

function replaced(random: Random, value: Json, others: readonly Json[]): Json {
  switch (random.int(0, 8)) {
    case 0:
      return randomScalar(random)
    case 1:
      return part(random, oneOf(random, others))
    case 2:
      return [value, value]
    case 3:
      return object([[oneOf(random, NAMES), value]])
    case 4:
      return isJsonObject(value)
        ? object([...Object.entries(value), [oneOf(random, NAMES), randomScalar(random)]])
        : null
    case 5:
      return isJsonObject(value) ? object(Object.entries(value).slice(1)) : []
    case 6:
      return Array.from({ length: random.next() < 0.1 ? 400 : 12 }).reduce<Json>(
        (inner) => (random.next() < 0.5 ? [inner] : object([['a', inner]])),
        value,
      )
    case 7: {
      const other = part(random, oneOf(random, others))
      return isJsonObject(value) && isJsonObject(other)
        ? object([...Object.entries(value), ...Object.entries(other)])
        : other
    }
    default:
      return typeof value === 'string' ? mutateText(random, value, [...tokens]) : randomScalar(random)
  }
}

export function randomScalar(random: Random): Json {
  const number = () => random.pick([0, 1, -1, 0.1, 1e21, 2 ** 53, -(2 ** 53), 1e-9, 1e308, random.int(-5, 50)])
  return random.pick([null, true, false, number(), number(), randomText(random), random.pick(tokens)])
}

/** Any part of a value, itself included. */
function part(random: Random, value: Json): Json {
  const inner = Array.isArray(value) ? value : isJsonObject(value) ? Object.values(value) : []
  return inner.length === 0 || random.next() < 0.4 ? value : part(random, oneOf(random, inner))
}

/** With own properties only, `__proto__` among them. */
function object(entries: readonly (readonly [string, Json])[]): Json {
  return Object.fromEntries(entries)
}
