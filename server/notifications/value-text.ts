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
  if (value === null) return ['(empty)']
  if (typeof value !== 'object') return value === '' ? ['(empty)'] : String(value).split('\n')
  const entries: [string, Json][] = Array.isArray(value)
    ? value.map((item): [string, Json] => ['-', item])
    : Object.entries(value).map(([key, item]): [string, Json] => [`${key}:`, item])
  if (entries.length === 0) return ['(empty)']
  return entries.flatMap(([head, item]) => {
    const [first = '', ...rest] = lines(item)
    const inline = rest.length === 0 && !(typeof item === 'object' && item !== null && !Array.isArray(value))
    return inline ? [`${head} ${first}`] : [head, ...[first, ...rest].map((line) => `  ${line}`)]
  })
}
