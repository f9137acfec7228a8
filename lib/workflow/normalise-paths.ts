import { isJsonObject, type Json } from '../json.ts'
import type { SourcePath } from './diagnostics.ts'

/** Canonical keys inside parameters and what else an author may have written there. */
const SPELLINGS: ReadonlyMap<string, readonly string[]> = new Map([
  ['key', ['name', 'id']],
  ['options', ['enum', 'values']],
  ['minimum', ['min']],
  ['maximum', ['max']],
])

/**
 * From canonical parameters back to the author's document. Where the canonical form has no counterpart (a list that became
 * a mapping, an expression compiled from `{field, operator, value}`) the nearest place around answers.
 */
export function authorPath(
  entries: ReadonlyMap<string, { readonly value: Json; readonly path: SourcePath }>,
  step: SourcePath,
  wanted: SourcePath,
): SourcePath {
  const [first, ...rest] = wanted
  const entry = typeof first === 'string' ? entries.get(first) : undefined
  if (!entry) return step
  const path = [...entry.path]
  let value: Json | undefined = entry.value
  for (const part of rest) {
    const found = enter(value, part)
    if (found === undefined) break
    path.push(found)
    value = isJsonObject(value) ? value[found] : Array.isArray(value) ? value[Number(found)] : undefined
  }
  return path
}

function enter(value: Json | undefined, part: string | number): string | number | undefined {
  if (Array.isArray(value)) {
    if (typeof part === 'number') return part < value.length ? part : undefined
    // A list of names became a mapping from them.
    const at = value.findIndex((item: Json) => typeof item === 'string' && (item === part || item.endsWith(`.${part}`)))
    return at < 0 ? undefined : at
  }
  if (!isJsonObject(value)) return undefined
  const name = String(part)
  if (Object.hasOwn(value, name)) return name
  return SPELLINGS.get(name)?.find((spelling) => Object.hasOwn(value, spelling))
}
