import { type JsonSchema, PROTOTYPE_KEYS } from '#lib/json.ts'
import { dialectOf, modernise } from './dialect.ts'
import { FORMATS } from './formats.ts'
import { checkGraph, type SchemaNode } from './graph.ts'
import { DIALECT, HINTS, KEYWORDS, type KeywordKind, TYPES } from './keywords.ts'
import type { Place } from './paths.ts'
import { checkPattern } from './pattern.ts'
import type { SchemaProblem, SchemaRule } from './problem.ts'
import { estimateSize } from './size.ts'

export { checkPattern }

export const MAX_SCHEMA_BYTES = 64 * 1024
export const MAX_SCHEMA_DEPTH = 32
const MAX_VALUES = 20_000
/** What an answer must at least hold is bounded, so that one can be made and sent at all. */
const MAX_LEAST: ReadonlyMap<string, number> = new Map([
  ['minLength', 100_000],
  ['minItems', 1_000],
  ['minContains', 1_000],
  ['minProperties', 1_000],
])
/** Of all that they ask for together, in characters. */
const MAX_LEAST_SIZE = 200_000
const ORDERED: readonly (readonly [string, string])[] = [
  ['minLength', 'maxLength'],
  ['minItems', 'maxItems'],
  ['minContains', 'maxContains'],
  ['minProperties', 'maxProperties'],
  ['minimum', 'maximum'],
]

/**
 * Whether a schema from outside may be used at all. Nothing is compiled or fetched here; what passes is small, refers only
 * to itself, comes to an end, has linear-time patterns and only keywords both validators know. An empty list means yes.
 */
export function checkSchema(schema: unknown): readonly SchemaProblem[] {
  return readSchema(schema).problems
}

/** The same, with the schema in the words of 2020-12 and every subschema of that with its place, for those who go on to use it. */
export function readSchema(schema: unknown): {
  /** Their paths lead into the schema as it was written. */
  readonly problems: readonly SchemaProblem[]
  readonly nodes: readonly SchemaNode[]
  readonly schema: JsonSchema
} {
  if (!isObject(schema)) {
    const message = 'The schema must be an object, for example {type: object}.'
    return { problems: [{ path: [], code: 'schema.invalid', message }], nodes: [], schema: {} }
  }
  const outside = checkData(schema)
  if (outside.length > 0) return { problems: outside, nodes: [], schema }
  const modern = modernise(schema)
  const walk: Walk = { problems: [], nodes: [] }
  visit(modern.schema, [], walk)
  if (walk.problems.length === 0) walk.problems.push(...checkGraph(walk.nodes))
  if (walk.problems.length === 0 && estimateSize(modern.schema, 'least') > MAX_LEAST_SIZE) {
    const message = 'Even the smallest value that fits is larger than an answer can be. Lower minItems or minLength.'
    walk.problems.push({ path: [], code: 'schema.impossible', message })
  }
  const problems = walk.problems.map((problem) => ({ ...problem, path: modern.writtenAt(problem.path) }))
  return { problems, nodes: walk.nodes, schema: modern.schema }
}

interface Walk {
  readonly problems: SchemaProblem[]
  readonly nodes: SchemaNode[]
}

type Keys = { readonly [key: string]: unknown }

function isObject(value: unknown): value is Keys {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Size, depth and keys, before anything else is read: aliases may make a small text a huge tree. */
function checkData(schema: Keys): SchemaProblem[] {
  let values = 0
  let problem: SchemaProblem | null = null
  const look = (value: unknown, path: Place): void => {
    if (problem !== null) return
    if (++values > MAX_VALUES) problem = tooLarge()
    else if (path.length > MAX_SCHEMA_DEPTH * 2) problem = tooDeep(path)
    else if (Array.isArray(value)) for (const [i, item] of value.entries()) look(item, [...path, i])
    else if (isObject(value)) {
      for (const key of Object.keys(value)) {
        if (PROTOTYPE_KEYS.has(key)) {
          problem ??= {
            path: [...path, key],
            code: 'schema.reserved_key',
            message: `The name "${key}" is reserved. Choose another.`,
          }
        }
        look(value[key], [...path, key])
      }
    }
  }
  look(schema, [])
  if (problem !== null) return [problem]
  if (new TextEncoder().encode(JSON.stringify(schema)).length > MAX_SCHEMA_BYTES) return [tooLarge()]
  return []
}

function tooLarge(): SchemaProblem {
  const message = `The schema is larger than ${MAX_SCHEMA_BYTES / 1024} kB. Split the step, or ask for less at once.`
  return { path: [], code: 'schema.too_large', message }
}

function tooDeep(path: Place): SchemaProblem {
  const message = `The schema nests more than ${MAX_SCHEMA_DEPTH} schemas deep. Move inner parts to $defs and refer to them.`
  return { path, code: 'schema.too_deep', message }
}

function visit(schema: unknown, path: Place, walk: Walk, depth = 1): void {
  const add = (at: Place, code: SchemaRule, message: string) =>
    walk.problems.push({ path: at, code: `schema.${code}`, message })
  if (typeof schema === 'boolean') {
    walk.nodes.push({ path, schema })
    return
  }
  if (!isObject(schema)) {
    add(path, 'invalid', 'A schema must be an object, true or false.')
    return
  }
  if (depth > MAX_SCHEMA_DEPTH) {
    walk.problems.push(tooDeep(path))
    return
  }
  walk.nodes.push({ path, schema })
  for (const [key, value] of Object.entries(schema)) {
    const at = [...path, key]
    const kind = KEYWORDS.get(key)
    if (kind === undefined) {
      if (!key.startsWith('x-')) add(at, 'keyword', unknownKeyword(key))
      continue
    }
    const problem = checkValue(kind, key, value, path)
    if (problem !== null) {
      add(at, ...problem)
      continue
    }
    for (const [sub, place] of subschemas(kind, value, at)) visit(sub, place, walk, depth + 1)
    if (kind === 'pattern_map' && isObject(value)) {
      for (const pattern of Object.keys(value)) {
        const wrong = checkPattern(pattern)
        if (wrong !== null) add([...at, pattern], 'pattern', wrong)
      }
    }
  }
  for (const [least, most] of ORDERED) {
    const [low, high] = [schema[least], schema[most]]
    if (typeof low === 'number' && typeof high === 'number' && low > high) {
      add([...path, least], 'impossible', `No value fits: ${least} (${low}) is above ${most} (${high}).`)
    }
  }
}

function subschemas(kind: KeywordKind, value: unknown, at: Place): [unknown, Place][] {
  if (kind === 'schema') return [[value, at]]
  if (kind === 'schemas' && Array.isArray(value)) return value.map((sub, i) => [sub, [...at, i]])
  if ((kind === 'schema_map' || kind === 'pattern_map') && isObject(value)) {
    return Object.entries(value).map(([key, sub]) => [sub, [...at, key]])
  }
  return []
}

/** [code, message] of what is wrong with a keyword's value, or null. Subschemas are looked at by `visit`. */
function checkValue(kind: KeywordKind, key: string, value: unknown, path: Place): [SchemaRule, string] | null {
  const need = (ok: boolean, what: string): [SchemaRule, string] | null =>
    ok ? null : ['invalid', `${key} must be ${what}.`]
  switch (kind) {
    case 'schema':
      return need(isObject(value) || typeof value === 'boolean', 'a schema: an object, true or false')
    case 'schemas':
      return need(Array.isArray(value) && value.length > 0, 'a list of at least one schema')
    case 'schema_map':
    case 'pattern_map':
      return need(isObject(value), 'an object whose values are schemas')
    case 'count': {
      const most = MAX_LEAST.get(key)
      if (typeof value === 'number' && most !== undefined && value > most) {
        return ['impossible', `${key} is above ${most.toLocaleString('en')}, more than one answer can hold.`]
      }
      return need(Number.isInteger(value) && Number(value) >= 0, 'a whole number that is not negative')
    }
    case 'number':
      return need(typeof value === 'number' && Number.isFinite(value), 'a number')
    case 'positive':
      return need(typeof value === 'number' && Number.isFinite(value) && value > 0, 'a number above 0')
    case 'boolean':
      return need(typeof value === 'boolean', 'true or false')
    case 'text':
      return need(typeof value === 'string', 'text')
    case 'texts':
      return need(isNames(value), 'a list of different names, none of them reserved')
    case 'texts_map':
      return need(isObject(value) && Object.values(value).every(isNames), 'an object whose values are lists of names')
    case 'values':
      return need(Array.isArray(value) && value.length > 0, 'a list of at least one value')
    case 'any':
      return null
    case 'type':
      return need(isTypes(Array.isArray(value) ? value : [value]), `one of ${TYPES.join(', ')}, or a list of several`)
    case 'pattern': {
      if (typeof value !== 'string') return ['invalid', `${key} must be text: a regular expression.`]
      const wrong = checkPattern(value)
      return wrong === null ? null : ['pattern', wrong]
    }
    case 'format':
      if (typeof value === 'string' && FORMATS.has(value)) return null
      return ['format', `The format ${JSON.stringify(value)} is not known. Known: ${[...FORMATS.keys()].join(', ')}.`]
    case 'ref':
      if (typeof value === 'string' && value.startsWith('#')) return null
      return [
        'reference',
        'Only references into the schema itself are allowed, such as #/$defs/name. Copy the part here.',
      ]
    case 'anchor':
      return need(typeof value === 'string' && /^[A-Za-z_][\w.-]{0,99}$/.test(value), 'a name of letters and digits')
    case 'dialect':
      if (path.length === 0 && dialectOf(value) === '2020-12') return null
      return [
        'dialect',
        `Only JSON Schema 2020-12, 2019-09 and drafts 07, 06 and 04 are known. Remove $schema, or write ${DIALECT} at the root.`,
      ]
    case 'id':
      // At the root it is a label that nothing resolves against, since every reference stays inside.
      if (path.length === 0 && typeof value === 'string' && /^[^#]{1,500}$/.test(value)) return null
      return ['reference', 'Remove $id: inside a schema it would change what references mean.']
  }
}

function isNames(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    new Set(value).size === value.length &&
    value.every((name) => typeof name === 'string' && !PROTOTYPE_KEYS.has(name))
  )
}

function isTypes(names: readonly unknown[]): boolean {
  return (
    names.length > 0 && new Set(names).size === names.length && names.every((name) => TYPES.some((t) => t === name))
  )
}

function unknownKeyword(key: string): string {
  const hint = HINTS.get(key)
  if (hint !== undefined) return `The keyword ${key} is not supported. ${hint}`
  const near = [...KEYWORDS.keys()].find((known) => known.toLowerCase() === key.toLowerCase())
  return near === undefined
    ? `The keyword ${key} is not known. Remove it, or name it x-${key} if it is a note of your own.`
    : `The keyword ${key} is not known. Did you mean ${near}?`
}
