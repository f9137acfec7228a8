import type { JsonObject } from './json.ts'
import type { ApprovalOpening } from './workflow/catalog.ts'

/** What an approval shows, in the author's order, which a database does not keep. */
export function shownOf({ show, order }: Pick<ApprovalOpening, 'show' | 'order'>): JsonObject {
  const keys = order ?? Object.keys(show)
  return Object.fromEntries(keys.flatMap((key) => (key in show ? [[key, show[key] ?? null]] : [])))
}
