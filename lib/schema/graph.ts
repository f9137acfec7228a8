import { type Place, parsePointer, placeKey } from './paths.ts'
import type { SchemaProblem } from './problem.ts'

/** A schema within a schema, with the place where it stands. */
export interface SchemaNode {
  readonly path: Place
  readonly schema: boolean | { readonly [keyword: string]: unknown }
}

/** Evaluations of subschemas that one place of a value may cost, followed this many levels down. */
const MAX_COST = 100_000
const LEVELS = 4
const MAX_CHAIN = 200

interface Vertex {
  readonly node: SchemaNode
  /** Applied to the same place: references, and allOf, anyOf, … */
  readonly same: Vertex[]
  /** Applied to one child each: at most these together, whichever child it is. */
  readonly below: Vertex[][]
}

/** References lead to schemas, come to an end, and do not multiply without bound. */
export function checkGraph(nodes: readonly SchemaNode[]): SchemaProblem[] {
  const problems: SchemaProblem[] = []
  const vertices = new Map<string, Vertex>()
  const anchors = new Map<string, Vertex>()
  for (const node of nodes) {
    const vertex: Vertex = { node, same: [], below: [] }
    vertices.set(placeKey(node.path), vertex)
    const anchor = typeof node.schema === 'object' ? node.schema.$anchor : undefined
    if (typeof anchor !== 'string') continue
    if (anchors.has(anchor)) {
      const message = `The anchor ${anchor} is given twice. Give each its own name.`
      problems.push({ path: [...node.path, '$anchor'], code: 'schema.reference', message })
    }
    anchors.set(anchor, vertex)
  }
  for (const vertex of vertices.values()) connect(vertex, vertices, anchors, problems)
  if (problems.length === 0) problems.push(...checkProgress(vertices))
  return problems.length > 0 ? problems : checkCost(vertices)
}

function connect(
  vertex: Vertex,
  vertices: ReadonlyMap<string, Vertex>,
  anchors: ReadonlyMap<string, Vertex>,
  problems: SchemaProblem[],
): void {
  const { path, schema } = vertex.node
  if (typeof schema === 'boolean') return
  const at = (keyword: string, ...more: (string | number)[]) =>
    schema[keyword] === undefined ? undefined : vertices.get(placeKey([...path, keyword, ...more]))
  const present = (found: readonly (Vertex | undefined)[]) => found.filter((v) => v !== undefined)
  const several = (keyword: string) => {
    const value = schema[keyword]
    const keys = Array.isArray(value) ? value.keys() : typeof value === 'object' && value ? Object.keys(value) : []
    return present([...keys].map((key) => at(keyword, key)))
  }
  if (typeof schema.$ref === 'string') {
    const target = resolve(schema.$ref, vertices, anchors)
    if (target !== undefined) vertex.same.push(target)
    else {
      const message = `${schema.$ref} leads to no schema. Refer to one in $defs, such as #/$defs/name.`
      problems.push({ path: [...path, '$ref'], code: 'schema.reference', message })
    }
  }
  for (const keyword of ['allOf', 'anyOf', 'oneOf', 'dependentSchemas']) vertex.same.push(...several(keyword))
  vertex.same.push(...present(['not', 'if', 'then', 'else'].map((keyword) => at(keyword))))

  // Any property may also match a pattern; one that is not named may meet what is left over as well.
  const matching = several('patternProperties')
  const others = present([at('additionalProperties'), at('unevaluatedProperties')])
  for (const property of several('properties')) vertex.below.push([property, ...matching, ...others])
  vertex.below.push([...matching, ...others], present([at('propertyNames')]))
  const everywhere = present([at('items'), at('contains'), at('unevaluatedItems')])
  for (const item of several('prefixItems')) vertex.below.push([item, ...everywhere])
  vertex.below.push(everywhere)
}

function resolve(
  ref: string,
  vertices: ReadonlyMap<string, Vertex>,
  anchors: ReadonlyMap<string, Vertex>,
): Vertex | undefined {
  const place = parsePointer(ref.slice(1))
  return place === null ? anchors.get(ref.slice(1)) : vertices.get(placeKey(place))
}

/** A circle of schemas at one and the same place never ends; a very long chain would exhaust the stack of whoever follows it. */
function checkProgress(vertices: ReadonlyMap<string, Vertex>): SchemaProblem[] {
  const problems: SchemaProblem[] = []
  const heights = new Map<Vertex, number | 'open'>()
  const visit = (vertex: Vertex): number => {
    const known = heights.get(vertex)
    if (known === 'open') {
      const message = 'This refers back to itself without going into a property or an item, so a check never ends.'
      problems.push({ path: vertex.node.path, code: 'schema.no_progress', message })
      return 0
    }
    if (known !== undefined) return known
    heights.set(vertex, 'open')
    const height = 1 + Math.max(0, ...vertex.same.map(visit))
    heights.set(vertex, height)
    if (height === MAX_CHAIN + 1) {
      const message = `More than ${MAX_CHAIN} references follow one another here. Refer to the last one directly.`
      problems.push({ path: vertex.node.path, code: 'schema.too_deep', message })
    }
    return height
  }
  for (const vertex of vertices.values()) visit(vertex)
  return problems
}

/** Called only on graphs without circles in place. Deeper recursion is bounded when it runs: by fuel and by a deadline. */
function checkCost(vertices: ReadonlyMap<string, Vertex>): SchemaProblem[] {
  const costs = Array.from({ length: LEVELS + 1 }, () => new Map<Vertex, number>())
  const cost = (vertex: Vertex, level: number): number => {
    const known = costs[level]?.get(vertex)
    if (known !== undefined) return known
    let total = 1
    for (const next of vertex.same) total += cost(next, level)
    if (level > 0) {
      const below = vertex.below.map((child) => child.reduce((sum, next) => sum + cost(next, level - 1), 0))
      total += Math.max(0, ...below)
    }
    costs[level]?.set(vertex, total)
    return total
  }
  for (const vertex of vertices.values()) {
    if (cost(vertex, LEVELS) > MAX_COST) {
      const message =
        'The alternatives in this schema multiply. Name fewer, or tell them apart by a property with a const.'
      return [{ path: vertex.node.path, code: 'schema.too_costly', message }]
    }
  }
  return []
}
