import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Json, JsonSchema } from '#lib/json.ts'

/** A schema that somebody published for people to use, and what the gate says of it. */
export interface PublishedSchema {
  /** Package, version and licence. */
  readonly from: string
  readonly file: string
  /** `accepted`, or the code of the first problem. */
  readonly verdict: string
  readonly schema: JsonSchema
}

/** A schema of JSON-Schema-Test-Suite with the values that it tries, each with whether it fits. */
export interface SuiteGroup {
  readonly draft: string
  readonly about: string
  readonly schema: JsonSchema | boolean
  readonly tests: readonly (readonly [value: Json, valid: boolean])[]
}

export const publishedSchemas = (): PublishedSchema[] => lines('schemas')
export const suiteGroups = (): SuiteGroup[] => lines('suite')

/** As `record.ts` wrote them: one JSON value per line, compressed. */
function lines<T>(name: string): T[] {
  const text = gunzipSync(readFileSync(join(import.meta.dirname, `${name}.jsonl.gz`))).toString()
  return text.split('\n').map((line) => JSON.parse(line))
}
