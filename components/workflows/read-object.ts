import { isJsonObject, type Json, type JsonObject } from '#lib/json.ts'

/** The object that was typed, or a sentence that says why it is none. */
export function readObject(text: string): JsonObject | string {
  if (text.trim() === '') return {}
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch (error) {
    return `This is not JSON: ${error instanceof Error ? error.message : 'it cannot be read'}`
  }
  return isJsonObject(value) ? value : 'Write a JSON object: { … } with a name for each value.'
}
