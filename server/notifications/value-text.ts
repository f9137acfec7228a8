import type { Json } from '#lib/json.ts'

/** A mail is for reading: what is longer is cut, said to be cut, and stands whole on the page behind the link. */
const LONGEST = 4_000

export interface ValueText {
  readonly text: string
  readonly cut: boolean
}

/** A value as people read it: texts as they are, lists and objects in indented lines. */
export function valueText(value: Json): ValueText {
  const text = lines(value).join('\n')
  if (text.length <= LONGEST) return { text, cut: false }
  return { text: `${text.slice(0, LONGEST).toWellFormed()}…`, cut: true }
}

function lines(value: Json): string[] {
  if (value === null || value === '') return ['(empty)']
  if (typeof value !== 'object') return String(value).split('\n')
  const found = Array.isArray(value) ? value.flatMap(item) : Object.entries(value).flatMap(entry)
  return found.length === 0 ? ['(empty)'] : found
}

function item(value: Json): string[] {
  return lines(value).map((line, i) => (i === 0 ? `- ${line}` : `  ${line}`))
}

function entry([key, value]: [string, Json]): string[] {
  const [first = '', ...rest] = lines(value)
  const isShort = rest.length === 0 && (typeof value !== 'object' || value === null || first === '(empty)')
  return isShort ? [`${key}: ${first}`] : [`${key}:`, ...[first, ...rest].map((line) => `  ${line}`)]
}
