import type { JsonObject } from '#lib/json.ts'
import { MESSAGES } from '../messages.ts'
import type { Place } from '../paths.ts'
import { compilePattern } from '../pattern.ts'
import {
  absorb,
  type Check,
  numberAt,
  type Outcome,
  type SchemaObject,
  schemaAt,
  schemaEntries,
  textsAt,
} from './outcome.ts'

/** Everything about an object except `unevaluatedProperties`, which comes after all that looks at the same place. */
export function checkObject(
  schema: SchemaObject,
  value: JsonObject,
  place: Place,
  check: Check,
  outcome: Outcome,
): void {
  const report = (keyword: string, message: string, at: Place = place) =>
    outcome.findings.push({ place: at, keyword, message })
  const keys = Object.keys(value)

  for (const key of textsAt(schema, 'required')) {
    if (!Object.hasOwn(value, key)) report('required', MESSAGES.required(), [...place, key])
  }
  const least = numberAt(schema, 'minProperties')
  const most = numberAt(schema, 'maxProperties')
  if (least !== undefined && keys.length < least) report('minProperties', MESSAGES.minProperties(least, keys.length))
  if (most !== undefined && keys.length > most) report('maxProperties', MESSAGES.maxProperties(most, keys.length))
  checkDependent(schema, value, place, check, outcome)

  const names = schemaAt(schema, 'propertyNames')
  for (const key of names === undefined ? [] : keys) {
    const wrong = check(names ?? true, key, place).findings[0]
    if (wrong !== undefined) report('propertyNames', MESSAGES.propertyName(wrong.message), [...place, key])
  }

  const properties = new Map(schemaEntries(schema, 'properties'))
  const patterns = schemaEntries(schema, 'patternProperties').map(
    ([source, sub]) => [compilePattern(source), sub] as const,
  )
  const additional = schemaAt(schema, 'additionalProperties')
  for (const [key, item] of Object.entries(value)) {
    const applied = patterns.filter(([pattern]) => pattern.test(key)).map(([, sub]) => sub)
    const named = properties.get(key)
    if (named !== undefined) applied.push(named)
    if (applied.length === 0 && additional !== undefined) applied.push(additional)
    for (const sub of applied) {
      outcome.keys.add(key)
      outcome.findings.push(...check(sub, item, [...place, key]).findings)
    }
  }
}

function checkDependent(schema: SchemaObject, value: JsonObject, place: Place, check: Check, outcome: Outcome): void {
  const required = schema.dependentRequired
  if (typeof required === 'object' && required !== null) {
    for (const trigger of Object.keys(required)) {
      if (!Object.hasOwn(value, trigger)) continue
      for (const key of textsAt({ ...required }, trigger)) {
        if (Object.hasOwn(value, key)) continue
        const message = MESSAGES.requiredWith(trigger)
        outcome.findings.push({ place: [...place, key], keyword: 'dependentRequired', message })
      }
    }
  }
  for (const [trigger, sub] of schemaEntries(schema, 'dependentSchemas')) {
    if (Object.hasOwn(value, trigger)) absorb(outcome, check(sub, value, place))
  }
}

export function checkUnevaluatedProperties(
  schema: SchemaObject,
  value: JsonObject,
  place: Place,
  check: Check,
  outcome: Outcome,
): void {
  const rest = schemaAt(schema, 'unevaluatedProperties')
  if (rest === undefined) return
  for (const [key, item] of Object.entries(value)) {
    if (outcome.keys.has(key)) continue
    outcome.keys.add(key)
    outcome.findings.push(...check(rest, item, [...place, key]).findings)
  }
}
