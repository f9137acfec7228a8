import { createHash } from 'node:crypto'
import type { Json, JsonSchema } from '#lib/json.ts'
import { MESSAGES } from '#lib/schema/messages.ts'
import { type Violation, validateInterpreted } from '#lib/schema/validate-interpreted.ts'
import { compileSchema } from './compile.ts'

const CACHE_SIZE = 200
const compiled = new Map<string, (value: unknown) => boolean>()

/**
 * ajv decides, the interpreter explains: so the words are the same in browser and server, and what is valid is decided by a
 * second implementation.
 */
export function judge(
  schema: JsonSchema,
  value: Json,
): { readonly violations: readonly Violation[] } | { readonly failure: string } {
  let validate: (value: unknown) => boolean
  try {
    validate = validatorOf(schema)
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) }
  }
  const verdict = verdictOf(validate, value)
  if (verdict === true) return { violations: [] }
  const violations = validateInterpreted(schema, value)
  if (violations.length > 0 || verdict === null) return { violations }
  return { violations: [{ path: '', message: MESSAGES.unexplained() }] }
}

/** ajv compares values by their own methods: on data with a key such as `valueOf` it throws. null: the interpreter decides. */
function verdictOf(validate: (value: unknown) => boolean, value: Json): boolean | null {
  try {
    return validate(value)
  } catch {
    return null
  }
}

/**
 * What ajv generates for these keeps what it saw of one value for the next one of a list or an object, and passes what the
 * specification refuses. The interpreter follows the specification's own tests.
 */
const MISJUDGED = new Set(['unevaluatedProperties', 'unevaluatedItems', 'contains'])

/** Whether a schema has a keyword, at any place, in which the two would differ; or, in a list, the empty name, which ajv does not miss. */
export function isLeftToInterpreter(schema: unknown): boolean {
  if (typeof schema !== 'object' || schema === null) return false
  if (Array.isArray(schema) && schema.includes('')) return true
  return Object.entries(schema).some(([key, value]) => MISJUDGED.has(key) || isLeftToInterpreter(value))
}

function validatorOf(schema: JsonSchema): (value: unknown) => boolean {
  const digest = createHash('sha256').update(JSON.stringify(schema)).digest('base64')
  const known = compiled.get(digest)
  if (known !== undefined) return known
  const validate = isLeftToInterpreter(schema)
    ? (value: unknown) => validateInterpreted(schema, value as Json).length === 0
    : compileSchema(schema)
  const oldest = compiled.keys().next()
  if (compiled.size >= CACHE_SIZE && !oldest.done) compiled.delete(oldest.value)
  compiled.set(digest, validate)
  return validate
}
