import { z } from 'zod'
import { isJsonObject, type Json, type JsonObject, type JsonSchema } from '#lib/json.ts'
import type { StepReader } from '#lib/workflow/catalog.ts'
import type { SourcePath } from '#lib/workflow/diagnostics.ts'
import { isFieldKey } from '#lib/workflow/names.ts'

/** Pieces that several step types share. What they accept was parsed as plain JSON before, so no deep check is repeated. */
export const JsonValue = z.custom<Json>((value) => value !== undefined)
export const JsonSchemaObject = z.custom<JsonSchema>(isJsonObject, 'must be a JSON Schema, written as a mapping')
export const NamedValues = z.record(z.string(), JsonValue)

/**
 * Reads a mapping of name to expression or template, or a list of names: `[topic, runtime.audience]` stands for
 * `{topic: topic, audience: runtime.audience}`.
 */
export function readNamedValues(raw: Json, path: SourcePath, reader: StepReader): JsonObject {
  if (isJsonObject(raw)) return raw
  if (!Array.isArray(raw)) {
    reader.error(
      'step.wrong_type',
      `${path.at(-1)} must be a list of names, or a mapping of name to expression or template.`,
      path,
    )
    return {}
  }
  const values: Record<string, Json> = {}
  for (const [i, item] of raw.entries()) {
    const name = typeof item === 'string' ? /(?:^|\.)([A-Za-z_]\w*)$/.exec(item.trim())?.[1] : undefined
    if (name === undefined || !isFieldKey(name)) {
      reader.error(
        'step.wrong_type',
        'Write a name here, such as topic or runtime.topic. For anything else use a mapping of name to expression.',
        [...path, i],
      )
    } else {
      values[name] = item
    }
  }
  return values
}
