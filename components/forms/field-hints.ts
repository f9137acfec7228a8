import type { HTMLInputAutoCompleteAttribute, HTMLInputTypeAttribute } from 'react'
import type { Field } from '#lib/workflow/definition.ts'

interface InputHints {
  readonly type: HTMLInputTypeAttribute
  readonly inputMode?: 'numeric' | 'decimal' | 'email' | 'url' | 'tel'
  readonly autoComplete?: HTMLInputAutoCompleteAttribute
  readonly spellCheck?: false
  readonly step?: number
}

const BY_TYPE: Partial<Record<Field['type'], InputHints>> = {
  // Not type="number": it drops what it cannot read, and a wheel over it changes the answer.
  number: { type: 'text', inputMode: 'decimal' },
  integer: { type: 'text', inputMode: 'numeric' },
  date: { type: 'date' },
  datetime: { type: 'datetime-local', step: 60 },
  time: { type: 'time' },
  email: { type: 'email', inputMode: 'email', autoComplete: 'email', spellCheck: false },
  url: { type: 'url', inputMode: 'url', autoComplete: 'url', spellCheck: false },
}

/** Names whose meaning is plain enough that a browser may offer what it knows. */
const BY_KEY: Readonly<Record<string, InputHints>> = {
  name: { type: 'text', autoComplete: 'name' },
  full_name: { type: 'text', autoComplete: 'name' },
  first_name: { type: 'text', autoComplete: 'given-name' },
  last_name: { type: 'text', autoComplete: 'family-name' },
  email: { type: 'email', inputMode: 'email', autoComplete: 'email', spellCheck: false },
  phone: { type: 'tel', inputMode: 'tel', autoComplete: 'tel' },
  company: { type: 'text', autoComplete: 'organization' },
  organization: { type: 'text', autoComplete: 'organization' },
  city: { type: 'text', autoComplete: 'address-level2' },
  country: { type: 'text', autoComplete: 'country-name' },
  postal_code: { type: 'text', autoComplete: 'postal-code' },
}

/** How the control of a field helps whoever fills it in: keyboard, completion, spelling. */
export function inputHints(field: Field): InputHints {
  const byType = BY_TYPE[field.type]
  if (byType) return byType
  const key = field.key.toLowerCase()
  return (Object.hasOwn(BY_KEY, key) ? BY_KEY[key] : undefined) ?? { type: 'text' }
}

/** `^.{3,100}$` is how many authors write a length: people are told the length, not the pattern. */
const LENGTH_PATTERN = /^\^\.\{(\d+),(\d*)\}\$$/

function lengths(field: Field): { readonly low: number | undefined; readonly high: number | undefined } {
  const found = field.pattern === undefined ? null : LENGTH_PATTERN.exec(field.pattern)
  if (!found) return { low: field.minimum, high: field.maximum }
  const [, low, high] = found
  return { low: Number(low), high: high ? Number(high) : undefined }
}

/** The bounds of an answer in words, where the author gave no help of their own. */
export function boundsHelp(field: Field): string | undefined {
  const { low, high } = lengths(field)
  if (field.type === 'number' || field.type === 'integer') {
    if (low !== undefined && high !== undefined) return `Between ${low} and ${high}`
    if (low !== undefined) return `At least ${low}`
    if (high !== undefined) return `At most ${high}`
  } else if (field.type === 'string') {
    if (low !== undefined && high !== undefined) return `${low} to ${high} characters`
    if (low !== undefined && low > 1) return `At least ${low} characters`
    if (high !== undefined) return `At most ${high} characters`
  }
  if (field.type === 'datetime') return 'In UTC'
  if (field.type === 'array' && !field.options) return 'One entry per line'
  return undefined
}

/** A problem of one field as a sentence for whoever fills it in. `message` completes one that begins with its name. */
export function problemSentence(field: Field, message: string): string {
  // That an optional answer may be missing is nothing its author needs to be told.
  if (!message.startsWith('must match the pattern')) return `${field.label} ${message.replace(' or null', '')}`
  return `${field.label} does not have the expected form${field.help ? `: ${field.help}` : ''}`
}
