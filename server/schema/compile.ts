import { Ajv2020, type Options } from 'ajv/dist/2020.js'
import type { JsonSchema } from '#lib/json.ts'
import { FORMATS } from '#lib/schema/formats.ts'
import { compilePattern } from '#lib/schema/pattern.ts'

/**
 * The gate is the strict part: it knows every keyword, format and reference. So ajv's own strict mode, which also refuses
 * correct schemas for their style, stays off, and so does its meta-schema.
 */
const OPTIONS: Options = {
  strict: false,
  meta: false,
  validateSchema: false,
  ownProperties: true,
  // As the interpreter: 0.3 is a multiple of 0.1.
  multipleOfPrecision: 10,
  logger: false,
  formats: Object.fromEntries([...FORMATS].map(([name, { test }]) => [name, { type: 'string', validate: test }])),
  code: { regExp: Object.assign(regExp, { code: 'require("re2js")' }) },
}

/** Linear-time patterns. `toString` is what ajv tells them apart by. */
function regExp(source: string) {
  const pattern = compilePattern(source)
  return { test: pattern.test, toString: () => source }
}

/**
 * Compiles a schema that has passed the gate to a function that answers whether a value is valid; throws where it cannot.
 * Each schema gets a compiler of its own, because one keeps the names (`$id`, anchors) of all it has seen.
 */
export function compileSchema(schema: JsonSchema): (value: unknown) => boolean {
  // A label is not to be resolved against: it need not even be an address.
  const { $id: _label, ...unlabelled } = schema
  const validate = new Ajv2020(OPTIONS).compile(unlabelled)
  return (value) => validate(value) === true
}
