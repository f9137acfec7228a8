import { visibleText } from '#lib/visible-text.ts'
import type { Profile } from '#lib/workflow/data.ts'

/** `Sat, 1 Mar 2026, 09:30 UTC`: the zone of whoever reads a mail is not known, so it is always named. */
export function utc(at: string | Date): string {
  const date = new Date(at).toUTCString()
  return `${date.slice(0, 22).replace(/ (\d\d:\d\d)$/, ', $1')} UTC`
}

/** Who started a run, as others know them; null where there is no person. */
export function starter({ name, user_email, agent_id }: Profile): string | null {
  const who =
    name && user_email ? `${name} (${user_email})` : name || user_email || (agent_id && `the agent ${agent_id}`)
  return who ? oneLine(who, 'Somebody') : null
}

/** A text that goes into a header or heading: one line, hidden characters named, no longer than people read. */
export function oneLine(text: string, fallback: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: line breaks of every kind become spaces
  const line = visibleText(text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\s]+/g, ' ')).trim()
  if (line === '') return fallback
  return line.length > 150 ? `${line.slice(0, 150).toWellFormed()}…` : line
}
