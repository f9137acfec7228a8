import type { Json } from '../../json.ts'
import type { Scope } from '../scope.ts'
import { compileExpression } from './compile.ts'

/**
 * The value of an expression. Everything in it is checked before anything is evaluated. Throws `ExpressionError`: what
 * is wrong with the source, a name that is not there, types that do not fit, or the fuel used up.
 */
export function evaluateExpression(source: string, scope: Scope): Json {
  return compileExpression(source)(scope)
}
