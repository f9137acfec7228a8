import type { Json } from '../../json.ts'
import type { Scope } from '../scope.ts'
import { evaluate } from './evaluator.ts'
import { Fuel } from './fuel.ts'
import { parseExpression } from './parse.ts'

/**
 * The value of an expression. Everything in it is checked before anything is evaluated. Throws `ExpressionError`: what
 * is wrong with the source, a name that is not there, types that do not fit, or the fuel used up.
 */
export function evaluateExpression(source: string, scope: Scope): Json {
  return evaluate(parseExpression(source), { scope, fuel: new Fuel(), locals: null })
}
