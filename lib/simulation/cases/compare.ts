import { isJsonObject, type Json } from '#lib/json.ts'
import type { SourcePath } from '#lib/workflow/diagnostics.ts'

/** A place at which something else was found than was expected; `actual` is absent where nothing was there. */
export interface Difference {
  readonly path: SourcePath
  readonly expected: Json
  readonly actual?: Json
}

/**
 * Where a value is not what is expected. Of a mapping only the named keys are looked at, of a list every entry; numbers,
 * texts, booleans and null are the same or not.
 */
export function differences(expected: Json, actual: Json | undefined, path: SourcePath): readonly Difference[] {
  const here: Difference = actual === undefined ? { path, expected } : { path, expected, actual }
  if (isJsonObject(expected)) {
    if (!isJsonObject(actual)) return [here]
    return Object.entries(expected).flatMap(([key, value]) =>
      differences(value, Object.hasOwn(actual, key) ? actual[key] : undefined, [...path, key]),
    )
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return [here]
    return expected.flatMap((value: Json, i) => differences(value, actual[i], [...path, i]))
  }
  return expected === actual ? [] : [here]
}
