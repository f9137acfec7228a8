import { PROTOTYPE_KEYS } from '../json.ts'
import { NAMESPACES } from './scope.ts'

/** Step ids are lower case; a text may write them in any case. */
export const STEP_ID = /^[a-z][a-z0-9_-]{0,62}$/
export const FIELD_KEY = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/

const NAMESPACE_NAMES: ReadonlySet<string> = new Set(NAMESPACES)
/** Words that `next`, `on_error` and branches give a meaning of their own. */
const TARGET_WORDS: ReadonlySet<string> = new Set(['end', 'fail'])

/** Why this cannot be a step's id; null when it can. */
export function stepIdProblem(id: string): string | null {
  const lower = id.toLowerCase()
  if (PROTOTYPE_KEYS.has(id) || PROTOTYPE_KEYS.has(lower) || NAMESPACE_NAMES.has(lower) || TARGET_WORDS.has(lower)) {
    return `${id} is a reserved word. Choose another id.`
  }
  if (STEP_ID.test(lower)) return null
  return 'A step id begins with a letter and holds letters, digits, _ and -, 63 at most.'
}

export function isFieldKey(key: string): boolean {
  return FIELD_KEY.test(key) && !PROTOTYPE_KEYS.has(key) && !NAMESPACE_NAMES.has(key)
}

/** Why this cannot be the key of a field, input, value or output; null when it can. */
export function fieldKeyProblem(key: string): string | null {
  if (isFieldKey(key)) return null
  if (FIELD_KEY.test(key)) return `${key} is a reserved word. Choose another name.`
  return 'A name begins with a letter or _ and holds letters, digits and _, 63 at most.'
}
