import { visibleText } from './visible-text.ts'

/** A text that goes into a header or heading: one line, hidden characters named, no longer than people read. */
export function oneLine(text: string, fallback: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: line breaks of every kind become spaces
  const line = visibleText(text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\s]+/g, ' ')).trim()
  if (line === '') return fallback
  return line.length > 150 ? `${line.slice(0, 150).toWellFormed()}…` : line
}

/** What a later mail about the same request adds. */
const AGAIN: Readonly<Record<string, string>> = {
  approval_reminder: ' (reminder)',
  approval_escalation: ' (escalated to you)',
}

/** The subject of a mail about a wait: the same where it is sent and where it is only shown. */
export function mailSubject(kind: string, title: string, step: string): string {
  const line = oneLine(title, step)
  return kind === 'form_request' ? `Form to fill in - ${line}` : `Approval Required - ${line}${AGAIN[kind] ?? ''}`
}
