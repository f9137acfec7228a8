import type { JsonObject } from '#lib/json.ts'

/** The names of what differs from the request before, and of what is not shown any more. */
export function changedKeys(
  before: JsonObject,
  now: JsonObject,
): { readonly changed: readonly string[]; readonly gone: readonly string[] } {
  const own = (values: JsonObject, key: string) => (Object.hasOwn(values, key) ? values[key] : undefined)
  return {
    changed: Object.keys(now).filter((key) => JSON.stringify(own(before, key)) !== JSON.stringify(now[key])),
    gone: Object.keys(before).filter((key) => !Object.hasOwn(now, key)),
  }
}
