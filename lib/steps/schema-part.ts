import { isJsonObject, type Json, type JsonObject } from '#lib/json.ts'
import { readSchema } from '#lib/schema/gate.ts'
import type { StepReader } from '#lib/workflow/catalog.ts'

/** The schema under a key in the words of 2020-12, as everything that goes by it reads it; says what is wrong with it. */
export function readSchemaPart(raw: JsonObject, key: string, reader: StepReader): Json | undefined {
  const written = raw[key]
  if (!isJsonObject(written)) return written
  const { problems, schema } = readSchema(written)
  for (const { path, code, message } of problems) reader.error(code, message, [key, ...path])
  // Plain data in other words is plain data.
  return problems.length > 0 ? written : (schema as JsonObject)
}
