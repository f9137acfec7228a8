import type { Json, JsonSchema } from '#lib/json.ts'
import { readSchema } from './gate.ts'
import { checkAll, checkAny, checkOne } from './interpreter/alternatives.ts'
import { checkArray, checkUnevaluatedItems } from './interpreter/arrays.ts'
import { checkObject, checkUnevaluatedProperties } from './interpreter/objects.ts'
import {
  absorb,
  absorbSeen,
  fine,
  type Outcome,
  type Schema,
  type SchemaObject,
  schemaAt,
  schemasAt,
  textAt,
} from './interpreter/outcome.ts'
import { checkNumber, checkString, identity, isOfType } from './interpreter/scalars.ts'
import { MESSAGES } from './messages.ts'
import { formatPlace, type Place, parsePointer } from './paths.ts'

/** One way in which a value does not fit its schema. `path` reads like `sections[0].heading`; the root is the empty text. */
export interface Violation {
  readonly path: string
  /** Completes a sentence that begins with the path: "must be at least 3 characters; it has 2". */
  readonly message: string
}

/** Subschemas applied to one value; beyond it the answer is "too complex". The same on every machine. */
const FUEL = 200_000
const MAX_VIOLATIONS = 50

/**
 * Validates without compiling, so also where `eval` is forbidden: in the browser as one types. An empty list means valid.
 * Agrees with the server's compiled validator, which uses these very words; patterns are linear-time; a schema that the
 * gate refuses is answered with one violation, never with an exception.
 */
export function validateInterpreted(schema: JsonSchema, value: Json): readonly Violation[] {
  const { problem, anchors, root } = gate(schema)
  if (problem !== null) return [{ path: '', message: `cannot be checked, because its schema has an error: ${problem}` }]
  const run: Run = { root, anchors, fuel: FUEL }
  const { findings } = evaluate(root, value, [], run)
  if (run.fuel < 0) return [{ path: '', message: MESSAGES.tooCostly() }]
  const violations = new Map<string, Violation>()
  for (const { place, message } of findings) {
    const violation = { path: formatPlace(place), message }
    violations.set(`${violation.path}\n${message}`, violation)
  }
  return [...violations.values()].slice(0, MAX_VIOLATIONS)
}

interface Run {
  readonly root: Schema
  readonly anchors: ReadonlyMap<string, Schema>
  fuel: number
}

function evaluate(schema: Schema, value: Json, place: Place, run: Run): Outcome {
  const outcome = fine()
  const report = (keyword: string, message: string) => outcome.findings.push({ place, keyword, message })
  if (schema === true) return outcome
  // Out of fuel everything fails at once, so that the recursion unwinds; the caller then reports only that.
  if (schema === false || --run.fuel < 0) {
    report('false', MESSAGES.notAllowed())
    return outcome
  }
  const check = (sub: Schema, item: Json, at: Place) => evaluate(sub, item, at, run)

  const ref = textAt(schema, '$ref')
  if (ref !== undefined) absorb(outcome, check(resolve(ref, run), value, place))
  checkValue(schema, value, report)
  checkForms(schema, value, place, run, outcome)

  if (typeof value === 'string') checkString(schema, value, report)
  else if (typeof value === 'number') checkNumber(schema, value, report)
  else if (isList(value)) {
    checkArray(schema, value, place, check, outcome)
    checkUnevaluatedItems(schema, value, place, check, outcome)
  } else if (typeof value === 'object' && value !== null) {
    checkObject(schema, value, place, check, outcome)
    checkUnevaluatedProperties(schema, value, place, check, outcome)
  }
  return outcome
}

function checkValue(schema: SchemaObject, value: Json, report: (keyword: string, message: string) => void): void {
  const types = (Array.isArray(schema.type) ? schema.type : [schema.type]).filter((type) => typeof type === 'string')
  if (types.length > 0 && !types.some((type) => isOfType(value, type))) {
    report('type', MESSAGES.type(types, value))
    return
  }
  if (Array.isArray(schema.enum)) {
    const own = identity(value)
    if (!schema.enum.some((allowed) => identity(allowed) === own)) report('enum', MESSAGES.enum(schema.enum))
  }
  if (Object.hasOwn(schema, 'const')) {
    const wanted = schema.const as Json
    if (identity(wanted) !== identity(value)) report('const', MESSAGES.const(wanted))
  }
}

function checkForms(schema: SchemaObject, value: Json, place: Place, run: Run, outcome: Outcome): void {
  const apply = (sub: Schema) => evaluate(sub, value, place, run)
  checkAll(schemasAt(schema, 'allOf').map(apply), outcome)
  const any = schemasAt(schema, 'anyOf')
  if (any.length > 0) checkAny(any.map(apply), place, outcome)
  const one = schemasAt(schema, 'oneOf')
  if (one.length > 0) checkOne(one.map(apply), place, outcome)
  const not = schemaAt(schema, 'not')
  if (not !== undefined && apply(not).findings.length === 0) {
    outcome.findings.push({ place, keyword: 'not', message: MESSAGES.not() })
  }
  const condition = schemaAt(schema, 'if')
  if (condition === undefined) return
  const looked = apply(condition)
  const holds = looked.findings.length === 0
  if (holds) absorbSeen(outcome, looked)
  const follows = schemaAt(schema, holds ? 'then' : 'else')
  if (follows !== undefined) absorb(outcome, apply(follows))
}

/** The gate has seen that every reference leads to a schema. */
function resolve(ref: string, run: Run): Schema {
  const pointer = parsePointer(ref.slice(1))
  if (pointer === null) return run.anchors.get(ref.slice(1)) ?? false
  let at: unknown = run.root
  for (const part of pointer) at = typeof at === 'object' && at !== null ? Reflect.get(at, part) : undefined
  return at as Schema
}

interface Gated {
  /** null: the schema may be used. */
  readonly problem: string | null
  /** In the words of 2020-12. */
  readonly root: JsonSchema
  readonly anchors: ReadonlyMap<string, Schema>
}

const gated = new WeakMap<JsonSchema, Gated>()

/** Schemas are immutable, so one look at each is enough. */
function gate(schema: JsonSchema): Gated {
  const known = gated.get(schema)
  if (known !== undefined) return known
  const { problems, nodes, schema: root } = readSchema(schema)
  const anchors = new Map<string, Schema>()
  for (const node of nodes) {
    const anchor = typeof node.schema === 'object' ? textAt(node.schema, '$anchor') : undefined
    if (anchor !== undefined) anchors.set(anchor, node.schema)
  }
  const entry = { problem: problems[0]?.message ?? null, root, anchors }
  gated.set(schema, entry)
  return entry
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
