import { parsePointer } from './paths.ts'

type Keys = { readonly [keyword: string]: unknown }

/** A short value with its name or comma. */
const VALUE = 10

/**
 * About how many characters an instance has: `least` the smallest that could fit, `full` one with every property and three
 * entries where a list may have any number. Only to be compared with bounds; recursion counts once.
 */
export function estimateSize(schema: Keys, measure: 'least' | 'full'): number {
  return sizer(schema, measure)(schema)
}

/** The same for any schema within the given one. */
export function sizer(schema: Keys, measure: 'least' | 'full'): (sub: unknown) => number {
  const anchors = new Map<string, unknown>()
  findAnchors(schema, anchors)
  const known = new Map<unknown, number>()

  const size = (sub: unknown): number => {
    if (!isKeys(sub)) return VALUE
    const earlier = known.get(sub)
    if (earlier !== undefined) return earlier
    known.set(sub, 0)
    const total = Math.max(own(sub), applied(sub))
    known.set(sub, total)
    return total
  }

  /** What its own keywords ask for. */
  const own = (sub: Keys): number => VALUE + Math.max(count(sub.minLength), object(sub), list(sub))

  const object = (sub: Keys): number => {
    const properties = isKeys(sub.properties) ? sub.properties : {}
    const required = Array.isArray(sub.required) ? sub.required.filter((key) => typeof key === 'string') : []
    const keys = measure === 'full' ? [...new Set([...Object.keys(properties), ...required])] : required
    const named = keys.reduce((sum, key) => sum + size(Object.hasOwn(properties, key) ? properties[key] : true), 0)
    const more = Math.max(0, count(sub.minProperties) - keys.length)
    return named + more * size(sub.additionalProperties)
  }

  const list = (sub: Keys): number => {
    const prefix = Array.isArray(sub.prefixItems) ? sub.prefixItems : []
    const least = Math.max(count(sub.minItems), sub.contains === undefined ? 0 : count(sub.minContains, 1))
    const most = typeof sub.maxItems === 'number' ? sub.maxItems : Number.POSITIVE_INFINITY
    const length = measure === 'full' && sub.items !== undefined ? Math.max(least, Math.min(most, 3)) : least
    const first = prefix.slice(0, measure === 'full' ? prefix.length : length)
    const rest = Math.max(0, length - first.length)
    return first.reduce<number>((sum, item) => sum + size(item), 0) + rest * size(sub.items)
  }

  /** What the schemas at the same place ask for. */
  const applied = (sub: Keys): number => {
    const sizes = [...schemas(sub.allOf).map(size)]
    for (const forms of [schemas(sub.anyOf), schemas(sub.oneOf)]) {
      if (forms.length > 0) sizes.push((measure === 'full' ? Math.max : Math.min)(...forms.map(size)))
    }
    if (typeof sub.$ref === 'string') sizes.push(size(resolve(schema, sub.$ref, anchors)))
    return Math.max(0, ...sizes)
  }

  return size
}

function resolve(root: Keys, ref: string, anchors: ReadonlyMap<string, unknown>): unknown {
  const pointer = parsePointer(ref.slice(1))
  if (pointer === null) return anchors.get(ref.slice(1))
  return pointer.reduce<unknown>(
    (at, part) => (typeof at === 'object' && at !== null ? Reflect.get(at, part) : undefined),
    root,
  )
}

function findAnchors(value: unknown, found: Map<string, unknown>): void {
  if (Array.isArray(value)) for (const item of value) findAnchors(item, found)
  else if (isKeys(value)) {
    if (typeof value.$anchor === 'string' && !found.has(value.$anchor)) found.set(value.$anchor, value)
    for (const item of Object.values(value)) findAnchors(item, found)
  }
}

function schemas(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function count(value: unknown, otherwise = 0): number {
  return typeof value === 'number' ? value : otherwise
}

function isKeys(value: unknown): value is Keys {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
