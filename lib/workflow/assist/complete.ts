import { isJsonObject, type JsonSchema } from '../../json.ts'
import type { StepCatalog } from '../catalog.ts'
import { languageSchema } from '../language-schema.ts'
import type { KnownSettings } from '../validate-settings.ts'
import { valueAt } from '../validate-slots.ts'
import { completeExpression } from './complete-expression.ts'
import { completeKeys } from './complete-keys.ts'
import { completeSteps } from './complete-steps.ts'
import { completeValues } from './complete-values.ts'
import type { CompletionItem } from './completion-item.ts'
import { expressionAt } from './expression-at.ts'
import { factsOf } from './facts.ts'
import { placeAt } from './place.ts'
import { schemasAt } from './schema-at.ts'
import { isStep } from './step-paths.ts'

const schemas = new WeakMap<StepCatalog, JsonSchema>()

/** The language's schema; made once for a catalog. */
export function schemaFor(catalog: StepCatalog): JsonSchema {
  const made = schemas.get(catalog) ?? languageSchema(catalog)
  schemas.set(catalog, made)
  return made
}

/**
 * What may be written at a place of a text, however much of it is missing or wrong: keys and values by the language's
 * schema, ids of steps, and inside expressions what can be read there. Line and column count from 1; the best comes first.
 */
export function complete(
  text: string,
  line: number,
  column: number,
  catalog: StepCatalog,
  known: KnownSettings = {},
): readonly CompletionItem[] {
  const place = placeAt(text, line, column)
  if (place === null) return []
  const { source, path } = place
  const here = schemasAt(schemaFor(catalog), source.value, path)
  if (place.at === 'key') return completeKeys(place, here, valueAt(source.value, path))
  const kinds = new Set(here.map((schema) => schema['x-kind']))
  const expression = expressionAt(place, kinds.has('expression') || kinds.has('dynamic'))
  if (expression) return completeExpression(expression, place, factsOf(source, catalog), known)
  if (kinds.has('template') && !kinds.has('step')) return []
  return [
    ...completeValues(place, here, catalog, known),
    ...(place.fresh && !place.flow && isStep(path) ? completeSteps(place, catalog) : []),
    ...(place.fresh && here.some(({ properties }) => isJsonObject(properties))
      ? completeKeys(place, here, undefined)
      : []),
  ]
}
