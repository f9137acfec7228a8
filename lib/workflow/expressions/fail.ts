import type { Span } from './ast.ts'
import { ExpressionError, type ExpressionErrorCode } from './errors.ts'

/** Ends the evaluation at this node. `hint` says what to do about it. */
export function fail(code: ExpressionErrorCode, message: string, at: Span, hint: string): never {
  throw new ExpressionError(code, message, at.offset, { length: at.length, hint })
}

/** Ends the evaluation at something that the parser does not make. */
export function forbidden(at: Span): never {
  return fail(
    'expression.not_allowed',
    'This is not part of the language.',
    at,
    'Write it with comparisons, and, or, not, arithmetic and functions such as len(x).',
  )
}
