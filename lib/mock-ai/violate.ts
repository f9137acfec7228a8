import { isJsonObject, type Json, type JsonSchema } from '#lib/json.ts'
import { validateInterpreted } from '#lib/schema/validate-interpreted.ts'

/**
 * The answer with one thing wrong, as models get it wrong: a property left out, a text where a number belongs, a list cut
 * short. A schema that everything fits leaves only an answer that is no JSON.
 */
export function violate(schema: JsonSchema, instance: Json): string {
  const broken = [...candidates(instance)].find((candidate) => validateInterpreted(schema, candidate).length > 0)
  return broken === undefined ? 'Here is what you asked for:' : JSON.stringify(broken, null, 2)
}

function* candidates(instance: Json): Generator<Json> {
  if (isJsonObject(instance)) {
    const entries = Object.entries(instance)
    for (const [key] of entries.toReversed()) yield Object.fromEntries(entries.filter(([other]) => other !== key))
    for (const [key, value] of entries) yield { ...instance, [key]: otherType(value) }
    for (const [key, value] of entries) for (const inner of candidates(value)) yield { ...instance, [key]: inner }
    yield { ...instance, unexpected: true }
  } else if (Array.isArray(instance)) {
    if (instance.length > 0) yield instance.slice(0, -1)
    for (const inner of instance.length > 0 ? candidates(instance[0]) : []) yield [inner, ...instance.slice(1)]
    yield []
  }
  yield otherType(instance)
  yield {}
  yield []
  yield ''
  yield null
  yield false
}

function otherType(value: Json): Json {
  return typeof value === 'string' ? 0 : 'not sure'
}
