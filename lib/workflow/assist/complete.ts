import { isJsonObject } from '../../json.ts'
import { type SourcePath, valueAt } from '../diagnostics.ts'
import { completeExpression } from './complete-expression.ts'
import { completeKeys } from './complete-keys.ts'
import { completeSteps } from './complete-steps.ts'
import { completeValues } from './complete-values.ts'
import type { CompletionItem } from './completion-item.ts'
import { expressionAt } from './expression-at.ts'
import { factsOf } from './facts.ts'
import { type Language, schemaFor, type TextPoint } from './language.ts'
import { NO_NAMES } from './meaning.ts'
import { namesAt } from './names.ts'
import { placeAt } from './place.ts'
import { schemasAt } from './schema-at.ts'
import { isStep } from './step-paths.ts'

/**
 * What may be written at a place of a text, however much of it is missing or wrong: keys and values by the language's
 * schema, ids of steps, and inside expressions what can be read there. The best comes first.
 */
export function complete(point: TextPoint, language: Language): readonly CompletionItem[] {
  const place = placeAt(point, language)
  if (place === null) return []
  const { catalog, known = {} } = language
  const { source, path } = place
  const here = schemasAt(schemaFor(catalog), source.value, path)
  if (place.at === 'key') return completeKeys(place, here, valueAt(source.value, path))
  const kinds = new Set(here.map((schema) => schema['x-kind']))
  const expression = expressionAt(place, kinds.has('expression') || kinds.has('dynamic'))
  if (expression) {
    const facts = factsOf(source, catalog)
    const names = (at: SourcePath) => (facts === null ? NO_NAMES : namesAt(facts, at, known))
    return completeExpression(expression, place, names)
  }
  if (kinds.has('template') && !kinds.has('step')) return []
  return [
    ...completeValues(place, here, catalog, known),
    ...(place.fresh && !place.flow && isStep(path) ? completeSteps(place, catalog) : []),
    ...(place.fresh &&
    here.some(({ properties, 'x-step-types': steps }) => isJsonObject(properties) || Array.isArray(steps))
      ? completeKeys(place, here, undefined)
      : []),
  ]
}
