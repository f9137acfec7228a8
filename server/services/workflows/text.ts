import { stringify } from 'yaml'
import type { JsonObject } from '#lib/json.ts'

/** The text to keep: the author's own to the letter, or one written from the object they sent. */
export function toText(body: {
  readonly yaml?: string | undefined
  readonly definition?: JsonObject | undefined
}): string {
  return body.yaml ?? stringify(body.definition ?? {}, { aliasDuplicateObjects: false, lineWidth: 120 })
}
