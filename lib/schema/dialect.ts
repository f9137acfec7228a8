import { KEYWORDS } from './keywords.ts'
import { type Place, parsePointer, placeKey } from './paths.ts'

type Keys = { readonly [keyword: string]: unknown }

/** A schema in the words of JSON Schema 2020-12, whichever it was written in. */
export interface Modern {
  readonly schema: Keys
  /** Where something stands in the schema as it was written. */
  writtenAt(place: Place): Place
}

/** What a `$schema` names. `null`: not known. Without one, 2020-12 is meant, and what older words can only mean is understood. */
export type Dialect = '2020-12' | '2019-09' | 'draft-07' | 'draft-06' | 'draft-04' | 'any'

export function dialectOf(named: unknown): Dialect | null {
  if (named === undefined) return 'any'
  if (typeof named !== 'string') return null
  const found = /^https?:\/\/json-schema\.org\/(?:draft\/|draft-)?(2020-12|2019-09|07|06|04|)(?:\/?schema)#?$/.exec(
    named,
  )
  if (found === null) return null
  const [, version = ''] = found
  if (version === '') return 'any'
  return version === '2020-12' || version === '2019-09' ? version : (`draft-${version}` as Dialect)
}

/** Before 2019-09 whatever stands beside a `$ref` counts for nothing, but for what others may refer to, and notes. */
const BESIDE_REF = new Set(['$ref', '$id', 'id', '$schema', 'definitions', '$defs', '$comment', 'title', 'description'])

/**
 * Says an older schema in today's words, so that one set of keywords is checked, compiled, read and shown: `definitions` and
 * all else that still means the same stays as it is. What has no equal stays too, for the gate to refuse. The schema is plain
 * data of bounded depth.
 */
export function modernise(schema: Keys): Modern {
  const dialect = dialectOf(schema.$schema)
  if (dialect === null) return { schema, writtenAt: (place) => place }
  const walk: Walk = { dialect, base: baseOf(schema, dialect), placed: new Map(), written: new Map() }
  const converted = convert(schema, [], [], walk)
  return {
    schema: referring(converted, walk) as Keys,
    writtenAt(place) {
      for (let length = place.length; length >= 0; length--) {
        const written = walk.written.get(placeKey(place.slice(0, length)))
        if (written !== undefined) return [...written, ...place.slice(length)]
      }
      return place
    },
  }
}

interface Walk {
  readonly dialect: Dialect
  /** What the schema calls itself: references to that are references into it. */
  readonly base: string | null
  /** Where a subschema stands now, by where it stood. */
  readonly placed: Map<string, Place>
  readonly written: Map<string, Place>
}

function baseOf(schema: Keys, dialect: Dialect): string | null {
  const id = schema.$id ?? (dialect === 'draft-04' ? schema.id : undefined)
  return typeof id === 'string' && URL.canParse(id) ? id.replace(/#$/, '') : null
}

function isKeys(value: unknown): value is Keys {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function convert(schema: unknown, from: Place, to: Place, walk: Walk): unknown {
  walk.placed.set(placeKey(from), to)
  walk.written.set(placeKey(to), from)
  if (!isKeys(schema)) return schema
  const entries: [string, unknown][] = []
  const alone = typeof schema.$ref === 'string' && isBeforeSiblings(walk.dialect)
  for (const [key, value] of Object.entries(schema)) {
    if (alone && !BESIDE_REF.has(key)) continue
    entries.push(...convertKeyword(key, value, schema, { from, to, walk }))
  }
  return Object.fromEntries(entries)
}

const isBeforeSiblings = (dialect: Dialect) => dialect.startsWith('draft-')

interface At {
  readonly from: Place
  readonly to: Place
  readonly walk: Walk
}

function convertKeyword(key: string, value: unknown, schema: Keys, at: At): [string, unknown][] {
  const { from, to, walk } = at
  const sub = (part: unknown, was: Place, is: Place) => convert(part, [...from, ...was], [...to, ...is], walk)
  const list = (name: string) =>
    [name, asList(value).map((part, i) => sub(part, [key, i], [name, i]))] as [string, unknown]
  switch (walk.dialect === '2020-12' ? 'as it is' : key) {
    case '$schema':
      return to.length === 0 ? [] : [[key, value]]
    case 'id':
      return walk.dialect === 'draft-04' ? convertId(value) : [[key, value]]
    case '$id':
      return convertId(value)
    case 'items':
      if (!Array.isArray(value)) break
      return value.length === 0 ? [] : [list('prefixItems')]
    case 'additionalItems':
      if (Array.isArray(schema.items)) return [['items', sub(value, [key], ['items'])]]
      // Without a list beside it, it never counted for anything.
      return walk.dialect === 'any' ? [[key, value]] : []
    case 'dependencies':
      return isKeys(value) ? convertDependencies(value, at) : [[key, value]]
    case 'exclusiveMinimum':
    case 'exclusiveMaximum': {
      if (typeof value !== 'boolean') break
      const bound = schema[key === 'exclusiveMinimum' ? 'minimum' : 'maximum']
      return value && bound !== undefined ? [[key, bound]] : []
    }
    case 'minimum':
    case 'maximum':
      return schema[key === 'minimum' ? 'exclusiveMinimum' : 'exclusiveMaximum'] === true ? [] : [[key, value]]
  }
  const kind = KEYWORDS.get(key)
  if (kind === 'schema') return [[key, sub(value, [key], [key])]]
  if (kind === 'schemas' && Array.isArray(value)) return [list(key)]
  if ((kind === 'schema_map' || kind === 'pattern_map') && isKeys(value)) {
    const parts = Object.entries(value).map(([name, part]) => [name, sub(part, [key, name], [key, name])] as const)
    return [[key, Object.fromEntries(parts)]]
  }
  return [[key, value]]
}

/** `#name` was how a place was given a name; of the whole, a trailing `#` says nothing. */
function convertId(value: unknown): [string, unknown][] {
  if (typeof value !== 'string') return [['$id', value]]
  if (/^#.+/.test(value)) return [['$anchor', value.slice(1)]]
  return [['$id', value.replace(/#$/, '')]]
}

function convertDependencies(value: Keys, { from, to, walk }: At): [string, unknown][] {
  const names = Object.entries(value).filter(([, part]) => Array.isArray(part))
  const schemas = Object.entries(value).filter(([, part]) => !Array.isArray(part))
  walk.written.set(placeKey([...to, 'dependentRequired']), [...from, 'dependencies'])
  walk.written.set(placeKey([...to, 'dependentSchemas']), [...from, 'dependencies'])
  const part = (name: string, schema: unknown) =>
    convert(schema, [...from, 'dependencies', name], [...to, 'dependentSchemas', name], walk)
  return [
    ...(names.length > 0 ? [['dependentRequired', Object.fromEntries(names)] as [string, unknown]] : []),
    ...(schemas.length > 0
      ? [
          ['dependentSchemas', Object.fromEntries(schemas.map(([name, schema]) => [name, part(name, schema)]))] as [
            string,
            unknown,
          ],
        ]
      : []),
  ]
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** Lets references lead to where a part stands now. Only at places of subschemas: elsewhere `$ref` is data. */
function referring(schema: unknown, walk: Walk): unknown {
  const visit = (value: unknown, place: Place): unknown => {
    if (Array.isArray(value)) return value.map((item, i) => visit(item, [...place, i]))
    if (!isKeys(value)) return value
    const isSchema = walk.written.has(placeKey(place))
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        isSchema && key === '$ref' && typeof item === 'string' ? inside(item, walk) : visit(item, [...place, key]),
      ]),
    )
  }
  return visit(schema, [])
}

function inside(ref: string, { base, placed }: Walk): string {
  const own = base !== null && URL.canParse(ref, base) ? new URL(ref, base).href : ref
  const fragment = ref.startsWith('#')
    ? ref
    : base !== null && own.split('#')[0] === new URL(base).href
      ? `#${own.split('#')[1] ?? ''}`
      : ref
  if (!fragment.startsWith('#')) return ref
  const pointer = parsePointer(fragment.slice(1))
  const place = pointer === null ? undefined : placed.get(placeKey(pointer))
  if (place === undefined || pointer === null || placeKey(place) === placeKey(pointer)) return fragment
  return `#/${place.map((part) => encodeURIComponent(placeKey([part]))).join('/')}`
}
