import type { Json } from '../../json.ts'

/** The language's truthiness, that of Python: null, false, 0 and empty texts, lists and objects are false. */
export function isTrue(value: Json): boolean {
  if (value === null || value === false || value === 0 || value === '') return false
  if (Array.isArray(value)) return value.length > 0
  return typeof value === 'object' ? Object.keys(value).length > 0 : true
}
