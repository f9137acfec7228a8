import { isJsonObject, type Json } from '../../json.ts'
import { list, number, text, wanted, whole } from './arguments.ts'
import { display } from './display.ts'
import type { Helper, HelperCall } from './helper.ts'
import { curesIn, notInside } from './operators.ts'
import { toJinjaJson } from './tojson.ts'
import { chargeSearch, isMember, textLength, typeName } from './values.ts'
import { trimEnd, trimStart, words } from './white-space.ts'

/** Made text is charged before anyone sees it. */
function made(value: string, call: HelperCall): string {
  call.fuel.produce(value.length, call.at)
  return value
}

const lower: Helper = {
  signature: 'lower(text)',
  summary: 'in small letters',
  min: 1,
  max: 1,
  run: ([value], call) => made(text(value, call).toLowerCase(), call),
}

const upper: Helper = {
  signature: 'upper(text)',
  summary: 'in capital letters',
  min: 1,
  max: 1,
  run: ([value], call) => made(text(value, call).toUpperCase(), call),
}

const capitalize: Helper = {
  signature: 'capitalize(text)',
  summary: 'the first letter a capital, the others small',
  min: 1,
  max: 1,
  run([value], call) {
    const [first = '', ...rest] = text(value, call)
    // Of a capital that is several letters only the first is one: Straße, but ß alone is Ss.
    const [capital = '', ...small] = first.toUpperCase()
    return made(capital + [...small, ...rest].join('').toLowerCase(), call)
  },
}

const trim: Helper = {
  signature: 'trim(text)',
  summary: 'without white space at both ends',
  min: 1,
  max: 1,
  run: ([value], call) => made(trimStart(trimEnd(text(value, call))), call),
}

const replace: Helper = {
  signature: 'replace(text, old, new)',
  summary: 'every `old` replaced by `new`; both are plain text',
  min: 3,
  max: 3,
  run([value, from, to], call) {
    const [source, old, fresh] = [text(value, call), text(from, call), text(to, call)]
    chargeSearch(source, old, call.fuel, call.at)
    const parts = old === '' ? ['', ...source, ''] : source.split(old)
    call.fuel.produce(source.length + (parts.length - 1) * fresh.length, call.at)
    return parts.join(fresh)
  },
}

const split: Helper = {
  signature: 'split(text, separator?)',
  summary: 'the list of its parts; without a separator, its words',
  min: 1,
  max: 2,
  run([value, separator], call) {
    const source = text(value, call)
    if (separator === undefined) return counted(words(source), call)
    const by = text(separator, call)
    if (by === '') return call.refuse('The separator is empty.', 'Leave it out to split into words.')
    chargeSearch(source, by, call.fuel, call.at)
    return counted(source.split(by), call)
  },
}

function counted(parts: readonly string[], call: HelperCall): readonly string[] {
  call.fuel.spend(parts.length, call.at)
  return parts
}

const join: Helper = {
  signature: 'join(list, separator?)',
  summary: 'its elements as one text',
  min: 1,
  max: 2,
  run([value, separator], call) {
    const items = list(value, call).map((item) => display(item, call.fuel, call.at))
    const by = separator === undefined ? '' : text(separator, call)
    call.fuel.produce(by.length * items.length, call.at)
    return items.join(by)
  },
}

const contains: Helper = {
  signature: 'contains(x, y)',
  summary: 'the same as `y in x`',
  min: 2,
  max: 2,
  run: ([container = null, item = null], call) =>
    isMember(item, container, call.fuel, call.at) ??
    call.refuse(`x is ${typeName(container)}: ${notInside(item, container)}`, curesIn(container)),
}

const startsWith: Helper = {
  signature: 'starts_with(text, start)',
  summary: 'whether it begins so',
  min: 2,
  max: 2,
  run: ([value, start], call) => text(value, call).startsWith(text(start, call)),
}

const endsWith: Helper = {
  signature: 'ends_with(text, end)',
  summary: 'whether it ends so',
  min: 2,
  max: 2,
  run: ([value, end], call) => text(value, call).endsWith(text(end, call)),
}

const string: Helper = {
  signature: 'string(x)',
  summary: 'as it is printed; null is the empty text',
  min: 1,
  max: 1,
  run: ([value = null], call) => display(value, call.fuel, call.at),
}

const tojson: Helper = {
  signature: 'tojson(x, indent?)',
  summary: 'as JSON text, keys sorted',
  min: 1,
  max: 2,
  run: ([value = null, indent], call) =>
    toJinjaJson(value, indent === undefined ? null : whole(indent, 0, 8, call), call.fuel, call.at),
}

const length: Helper = {
  signature: 'len(x)',
  summary: 'how many characters, elements or keys',
  min: 1,
  max: 1,
  run([value = null], call) {
    if (Array.isArray(value)) return value.length
    if (typeof value === 'string') return textLength(text(value, call))
    if (isJsonObject(value)) return Object.keys(value).length
    return wanted('a text, a list or an object', value, call, 'Only these have a length; a number has none.')
  },
}

/** A decimal number as people write it; not the forms only programs know. */
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

function toNumber(value: Json | undefined, fallback: Json | undefined, call: HelperCall): number | null {
  if (typeof value === 'number') return value
  const source = typeof value === 'string' ? trimStart(trimEnd(text(value, call))) : ''
  if (DECIMAL.test(source)) return call.exact(Number(source))
  if (fallback !== undefined) return null
  return call.refuse(
    typeof value === 'string' ? 'The text is not a number.' : `${typeName(value ?? null)} is not a number.`,
    'A second argument is used where there is none: int(x, 0).',
  )
}

const int: Helper = {
  signature: 'int(x, otherwise?)',
  summary: 'as a whole number, cut off behind the point',
  min: 1,
  max: 2,
  run([value, fallback], call) {
    const found = toNumber(value, fallback, call)
    return found === null ? (fallback ?? null) : call.exact(Math.trunc(found))
  },
}

const float: Helper = {
  signature: 'float(x, otherwise?)',
  summary: 'as a number',
  min: 1,
  max: 2,
  run: ([value, fallback], call) => toNumber(value, fallback, call) ?? number(fallback, call),
}

export const TEXT_HELPERS: ReadonlyMap<string, Helper> = new Map([
  ['lower', lower],
  ['upper', upper],
  ['capitalize', capitalize],
  ['trim', trim],
  ['replace', replace],
  ['split', split],
  ['join', join],
  ['contains', contains],
  ['starts_with', startsWith],
  ['ends_with', endsWith],
  ['string', string],
  ['tojson', tojson],
  ['len', length],
  ['length', length],
  ['count', length],
  ['int', int],
  ['float', float],
])
