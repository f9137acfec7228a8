import type { Json } from '../../../json.ts'
import type { Scope } from '../../scope.ts'
import { ExpressionError } from '../errors.ts'
import { evaluateExpression } from '../evaluate.ts'

/** The value, as one text for equal values; or that there is none. Anything but an `ExpressionError` passes through. */
export function outcome(source: string, scope: Scope): string {
  try {
    return written(evaluateExpression(source, scope))
  } catch (error) {
    if (error instanceof ExpressionError) return NO_VALUE
    throw error
  }
}

/** As JSON, which knows neither -0 nor a difference between 2 and 2.0. */
export function written(value: Json): string {
  return JSON.stringify(value)
}

export const NO_VALUE = 'an error'
