import type { Json } from '../json.ts'
import { visibleText } from '../visible-text.ts'

const SHOWN = 60

/** What stands where something else was expected, for a message: text as it is, anything else as JSON, neither at length. */
export function asWritten(value: Json): string {
  const text = visibleText(typeof value === 'string' ? value : JSON.stringify(value))
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text
}
