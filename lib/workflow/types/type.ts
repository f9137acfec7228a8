import { isJsonObject, type Json } from '../../json.ts'

/**
 * What is known of a value before a run: the kinds it may have, each with what is known of that kind. Always on the safe
 * side: a value that a run brings is one of these, or the type is `unknown`.
 */
export interface Type {
  /** Nothing was declared of it, or what was declared cannot be decided: whatever is done with it is checked in the run. */
  readonly unknown: boolean
  /** There may be no value at all. */
  readonly absent: boolean
  readonly null: boolean
  readonly boolean: boolean
  readonly number: NumberType | null
  readonly text: TextType | null
  readonly list: ListType | null
  readonly object: ObjectType | null
}

export interface NumberType {
  readonly whole: boolean
  /** All there are; null: any. */
  readonly values: readonly number[] | null
}

export interface TextType {
  readonly values: readonly string[] | null
}

export interface ListType {
  readonly element: Type
  /** What stands at each place, where their number is known. */
  readonly places: readonly Type[] | null
}

export interface ObjectType {
  readonly properties: ReadonlyMap<string, Type>
  /** What stands under any other key; null: nothing was said of others. */
  readonly rest: Type | null
  /** Whether there may be others. */
  readonly open: boolean
}

/** No value at all: the type of an element of an empty list. */
export const NOTHING: Type = {
  unknown: false,
  absent: false,
  null: false,
  boolean: false,
  number: null,
  text: null,
  list: null,
  object: null,
}
export const UNKNOWN: Type = { ...NOTHING, unknown: true }
export const ABSENT: Type = { ...NOTHING, absent: true }
export const NULL: Type = { ...NOTHING, null: true }
export const BOOLEAN: Type = { ...NOTHING, boolean: true }
export const NUMBER: Type = { ...NOTHING, number: { whole: false, values: null } }
export const WHOLE: Type = { ...NOTHING, number: { whole: true, values: null } }
export const TEXT: Type = { ...NOTHING, text: { values: null } }

export function listOf(element: Type, places: readonly Type[] | null = null): Type {
  return { ...NOTHING, list: { element, places } }
}

/** An object of which all keys are known. */
export function objectOf(properties: Iterable<readonly [string, Type]>): Type {
  return { ...NOTHING, object: { properties: new Map(properties), rest: null, open: false } }
}

/** An object that may have other keys, of which nothing is said here. */
export function openObject(properties: Iterable<readonly [string, Type]>): Type {
  return { ...NOTHING, object: { properties: new Map(properties), rest: UNKNOWN, open: true } }
}

export const KINDS = ['null', 'boolean', 'number', 'text', 'list', 'object'] as const
export type Kind = (typeof KINDS)[number]

export function kindsOf(type: Type): readonly Kind[] {
  return KINDS.filter((kind) => type[kind] !== false && type[kind] !== null)
}

/** The type of a value that stands in the file. Its own value counts as an example: constants are there to be changed. */
export function typeOfConstant(value: Json): Type {
  if (value === null) return UNKNOWN
  if (typeof value === 'boolean') return BOOLEAN
  if (typeof value === 'number') return NUMBER
  if (typeof value === 'string') return TEXT
  if (Array.isArray(value)) return listOf(joinAll(value.map(typeOfConstant)))
  return isJsonObject(value)
    ? objectOf(Object.entries(value).map(([key, item]) => [key, typeOfConstant(item)]))
    : UNKNOWN
}

export function typeOfLiteral(value: string | number | boolean | null): Type {
  if (value === null) return NULL
  if (typeof value === 'boolean') return BOOLEAN
  if (typeof value === 'string') return { ...NOTHING, text: { values: [value] } }
  return { ...NOTHING, number: { whole: Number.isInteger(value), values: [value] } }
}

export function present(type: Type): Type {
  return type.absent ? { ...type, absent: false } : type
}

export function maybe(type: Type): Type {
  return type.absent ? type : { ...type, absent: true }
}

export function withoutNull(type: Type): Type {
  return type.null ? { ...type, null: false } : type
}

/** How deep types are followed, and how many values are told apart: what goes beyond is not known, so that loops come to rest. */
const DEEPEST = 10
const MOST_VALUES = 100

/** What is one or the other. */
export function join(a: Type, b: Type, depth = 0): Type {
  if (a === b || b === NOTHING) return a
  if (a === NOTHING) return b
  const absent = a.absent || b.absent
  if (a.unknown || b.unknown || depth > DEEPEST) return absent ? { ...UNKNOWN, absent } : UNKNOWN
  return {
    unknown: false,
    absent,
    null: a.null || b.null,
    boolean: a.boolean || b.boolean,
    number: joinNumbers(a.number, b.number),
    text: joinTexts(a.text, b.text),
    list: joinLists(a.list, b.list, depth),
    object: joinObjects(a.object, b.object, depth),
  }
}

export function joinAll(types: readonly Type[]): Type {
  return types.reduce((sum, type) => join(sum, type), NOTHING)
}

function joinNumbers(a: NumberType | null, b: NumberType | null): NumberType | null {
  if (a === null || b === null) return a ?? b
  return { whole: a.whole && b.whole, values: joinValues(a.values, b.values) }
}

function joinTexts(a: TextType | null, b: TextType | null): TextType | null {
  if (a === null || b === null) return a ?? b
  return { values: joinValues(a.values, b.values) }
}

function joinValues<V>(a: readonly V[] | null, b: readonly V[] | null): readonly V[] | null {
  if (a === null || b === null) return null
  const all = [...new Set([...a, ...b])]
  return all.length > MOST_VALUES ? null : all
}

function joinLists(a: ListType | null, b: ListType | null, depth: number): ListType | null {
  if (a === null || b === null) return a ?? b
  const { places } = b
  const alike = a.places !== null && places !== null && a.places.length === places.length
  return {
    element: join(a.element, b.element, depth + 1),
    places: alike ? (a.places?.map((type, i) => join(type, places[i] ?? NOTHING, depth + 1)) ?? null) : null,
  }
}

function joinObjects(a: ObjectType | null, b: ObjectType | null, depth: number): ObjectType | null {
  if (a === null || b === null || a === b) return a ?? b
  const keys = new Set([...a.properties.keys(), ...b.properties.keys()])
  return {
    properties: new Map([...keys].map((key) => [key, join(under(a, key), under(b, key), depth + 1)])),
    rest: joinRests(a, b, depth),
    open: a.open || b.open,
  }
}

/** Where one of them says nothing of its other keys, nothing is said. */
function joinRests(a: ObjectType, b: ObjectType, depth: number): Type | null {
  const silent = (a.open && a.rest === null) || (b.open && b.rest === null)
  if (silent) return null
  return a.rest !== null && b.rest !== null ? join(a.rest, b.rest, depth + 1) : (a.rest ?? b.rest)
}

/** What stands in an object under a key. */
export function under({ properties, rest, open }: ObjectType, key: string): Type {
  const declared = properties.get(key)
  if (declared) return declared
  if (!open) return ABSENT
  return maybe(rest ?? UNKNOWN)
}

/** What is both: as much of it as can be said. */
export function meet(a: Type, b: Type, depth = 0): Type {
  const absent = a.absent && b.absent
  if (a.unknown || depth > DEEPEST) return { ...b, absent }
  if (b.unknown) return { ...a, absent }
  return {
    unknown: false,
    absent,
    null: a.null && b.null,
    boolean: a.boolean && b.boolean,
    number:
      a.number && b.number
        ? { whole: a.number.whole || b.number.whole, values: meetValues(a.number.values, b.number.values) }
        : null,
    text: a.text && b.text ? { values: meetValues(a.text.values, b.text.values) } : null,
    list:
      a.list && b.list
        ? { element: meet(a.list.element, b.list.element, depth + 1), places: a.list.places ?? b.list.places }
        : null,
    object: meetObjects(a.object, b.object, depth),
  }
}

function meetValues<V>(a: readonly V[] | null, b: readonly V[] | null): readonly V[] | null {
  if (a === null || b === null) return a ?? b
  return a.filter((value) => b.includes(value))
}

function meetObjects(a: ObjectType | null, b: ObjectType | null, depth: number): ObjectType | null {
  if (a === null || b === null) return null
  const keys = new Set([...a.properties.keys(), ...b.properties.keys()])
  return {
    properties: new Map(
      [...keys].map((key) => [
        key,
        meet(a.properties.get(key) ?? maybe(UNKNOWN), b.properties.get(key) ?? maybe(UNKNOWN), depth + 1),
      ]),
    ),
    rest: a.rest !== null && b.rest !== null ? meet(a.rest, b.rest, depth + 1) : (a.rest ?? b.rest),
    open: a.open && b.open,
  }
}

export function same(a: Type, b: Type): boolean {
  if (a === b) return true
  if (a.unknown !== b.unknown || a.absent !== b.absent || a.null !== b.null || a.boolean !== b.boolean) return false
  return (
    sameNumbers(a.number, b.number) &&
    sameTexts(a.text, b.text) &&
    sameLists(a.list, b.list) &&
    sameObjects(a.object, b.object)
  )
}

function sameNumbers(a: NumberType | null, b: NumberType | null): boolean {
  if (a === null || b === null) return a === b
  return a.whole === b.whole && a.values?.length === b.values?.length
}

/** Types only grow while they are compared, so as many values are the same ones. */
function sameTexts(a: TextType | null, b: TextType | null): boolean {
  if (a === null || b === null) return a === b
  return a.values?.length === b.values?.length
}

function sameLists(a: ListType | null, b: ListType | null): boolean {
  if (a === null || b === null) return a === b
  const places = b.places
  if ((a.places === null) !== (places === null) || a.places?.length !== places?.length) return false
  return same(a.element, b.element) && (a.places ?? []).every((type, i) => same(type, places?.[i] ?? NOTHING))
}

function sameObjects(a: ObjectType | null, b: ObjectType | null): boolean {
  if (a === null || b === null || a === b) return a === b
  if (a.open !== b.open || (a.rest === null) !== (b.rest === null) || a.properties.size !== b.properties.size)
    return false
  if (a.rest !== null && b.rest !== null && !same(a.rest, b.rest)) return false
  return [...a.properties].every(([key, type]) => {
    const other = b.properties.get(key)
    return other !== undefined && same(type, other)
  })
}

const WORDS: Readonly<Record<Kind, string>> = {
  null: 'null',
  boolean: 'true or false',
  number: 'a number',
  text: 'text',
  list: 'a list',
  object: 'an object',
}

/** A type in words, for messages. */
export function inWords(type: Type): string {
  if (type.unknown) return 'anything'
  return kindsOf(type)
    .map((kind) => WORDS[kind])
    .join(' or ')
}
