import { isJsonObject, type Json, type JsonObject } from '#lib/json.ts'
import { systemClock } from '#lib/time.ts'
import { isNamespace } from '#lib/workflow/expressions/namespaces.ts'
import type { Scope } from '#lib/workflow/scope.ts'

/**
 * What an expression sees of data that somebody wrote by hand: an object under the name of a namespace is that namespace,
 * everything else is a variable, by its bare name and in `runtime`. A namespace's name with anything else than an object
 * is a variable of that name only, as a loop makes one.
 */
export function scopeOf(data: JsonObject): Scope {
  const roots: [string, JsonObject][] = []
  const variables: [string, Json][] = []
  const locals: [string, Json][] = []
  for (const [key, value] of Object.entries(data)) {
    if (!isNamespace(key)) variables.push([key, value])
    else if (isJsonObject(value)) roots.push([key, value])
    else locals.push([key, value])
  }
  // `fromEntries` and spreading define own properties, so that a key like `__proto__` stays a key.
  const given: Scope['roots'] = Object.fromEntries(roots)
  return {
    roots: { ...given, runtime: { ...Object.fromEntries(variables), ...given.runtime } },
    locals: Object.fromEntries(locals),
    now: systemClock.now().toISOString(),
  }
}
