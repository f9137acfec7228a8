import type { Json } from '#lib/json.ts'
import { MESSAGES } from '../messages.ts'
import type { Place } from '../paths.ts'
import { type Check, numberAt, type Outcome, type SchemaObject, schemaAt, schemasAt } from './outcome.ts'
import { identity } from './scalars.ts'

/** Everything about a list except `unevaluatedItems`. */
export function checkArray(
  schema: SchemaObject,
  value: readonly Json[],
  place: Place,
  check: Check,
  outcome: Outcome,
): void {
  const report = (keyword: string, message: string) => outcome.findings.push({ place, keyword, message })
  const least = numberAt(schema, 'minItems')
  const most = numberAt(schema, 'maxItems')
  if (least !== undefined && value.length < least) report('minItems', MESSAGES.minItems(least, value.length))
  if (most !== undefined && value.length > most) report('maxItems', MESSAGES.maxItems(most, value.length))

  const prefix = schemasAt(schema, 'prefixItems')
  const items = schemaAt(schema, 'items')
  for (const [i, item] of value.entries()) {
    const sub = prefix[i] ?? items
    if (sub === undefined) continue
    outcome.items.add(i)
    outcome.findings.push(...check(sub, item, [...place, i]).findings)
  }
  checkContains(schema, value, place, check, outcome)

  if (schema.uniqueItems === true) {
    const seen = new Map<string, number>()
    for (const [i, item] of value.entries()) {
      const key = identity(item)
      const first = seen.get(key)
      if (first !== undefined) {
        report('uniqueItems', MESSAGES.uniqueItems(first, i))
        break
      }
      seen.set(key, i)
    }
  }
}

function checkContains(
  schema: SchemaObject,
  value: readonly Json[],
  place: Place,
  check: Check,
  outcome: Outcome,
): void {
  const contains = schemaAt(schema, 'contains')
  if (contains === undefined) return
  const least = numberAt(schema, 'minContains') ?? 1
  const most = numberAt(schema, 'maxContains')
  let has = 0
  for (const [i, item] of value.entries()) {
    if (check(contains, item, [...place, i]).findings.length > 0) continue
    outcome.items.add(i)
    has++
  }
  if (has < least) {
    outcome.findings.push({ place, keyword: 'contains', message: MESSAGES.minContains(least, has) })
  } else if (most !== undefined && has > most) {
    outcome.findings.push({ place, keyword: 'maxContains', message: MESSAGES.maxContains(most, has) })
  }
}

export function checkUnevaluatedItems(
  schema: SchemaObject,
  value: readonly Json[],
  place: Place,
  check: Check,
  outcome: Outcome,
): void {
  const rest = schemaAt(schema, 'unevaluatedItems')
  if (rest === undefined) return
  for (const [i, item] of value.entries()) {
    if (outcome.items.has(i)) continue
    outcome.items.add(i)
    outcome.findings.push(...check(rest, item, [...place, i]).findings)
  }
}
