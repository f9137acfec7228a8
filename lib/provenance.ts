import { isJsonObject, type Json, type JsonObject } from './json.ts'
import type { OutputSource, StepOutput } from './workflow/data.ts'

/** A text of a model that is shorter than this may stand in another text by chance. */
const TELLING_LENGTH = 12

/**
 * Who made each value of what an approval shows, where that is known: the step whose output it is, the latest if several.
 * A text that quotes a model's words counts as the model's, whatever the author wrote around them, because a reader must
 * not take a model's words for a colleague's.
 */
export function provenanceOf(
  show: JsonObject,
  outputs: readonly Pick<StepOutput, 'output' | 'source'>[],
): Record<string, OutputSource> {
  const sources: Record<string, OutputSource> = Object.create(null)
  const latestFirst = [...outputs].reverse()
  const written = outputs.filter(({ source }) => source === 'ai').flatMap(({ output }) => texts(output))
  const telling = written.filter((text) => text.length >= TELLING_LENGTH)
  for (const [key, value] of Object.entries(show)) {
    const made = latestFirst.find(({ output }) => isPartOf(key, value, output))
    if (made) sources[key] = made.source
    else if (texts(value).some((text) => telling.some((quote) => text.includes(quote)))) sources[key] = 'ai'
  }
  return sources
}

function isPartOf(key: string, value: Json, output: Json): boolean {
  if (equal(value, output)) return true
  return isJsonObject(output) && Object.hasOwn(output, key) && equal(value, output[key] ?? null)
}

function texts(value: Json): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : []
}

/** Whether two JSON values are the same, whatever the order of their keys. */
function equal(a: Json, b: Json): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const left = Object.entries(a)
  const right = new Map(Object.entries(b))
  return (
    left.length === right.size && left.every(([key, value]) => right.has(key) && equal(value, right.get(key) ?? null))
  )
}
