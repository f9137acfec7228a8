import { isJsonObject } from './json.ts'

/** Whether a text can be kept: databases know neither NUL nor half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

export const UNSTORABLE_CHARACTERS = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** Where the first such character stands in a text; null where there is none. */
export function findUnstorableCharacter(text: string): number | null {
  const at = text.search(UNSTORABLE_CHARACTERS)
  return at === -1 ? null : at
}

/** The place of the first text or key within a value that cannot be kept; null where all can. */
export function findUnstorable(value: unknown, path: readonly PropertyKey[] = []): readonly PropertyKey[] | null {
  if (typeof value === 'string') return isStorable(value) ? null : path
  if (!Array.isArray(value) && !isJsonObject(value)) return null
  for (const [key, item] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
    const found = typeof key === 'string' && !isStorable(key) ? path : findUnstorable(item, [...path, key])
    if (found) return found
  }
  return null
}
