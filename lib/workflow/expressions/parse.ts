import type { Node, NodeOf } from './ast.ts'
import { ExpressionError } from './errors.ts'
import { readLoopHeader, readSource } from './grammar.ts'
import { MAX_SOURCE } from './limits.ts'
import { lower, lowerLoop } from './lower.ts'

/** The tree of an expression. Throws `ExpressionError` for all that is not the language, wherever in it that stands. */
export function parseExpression(source: string): Node {
  checkLength(source)
  return lower(readSource(source))
}

/** The tree of a loop header, `a, b in list if condition`; its element is an empty literal. */
export function parseLoop(source: string): NodeOf<'generator'> {
  checkLength(source)
  return lowerLoop(readLoopHeader(source))
}

function checkLength(source: string): void {
  if (source.length <= MAX_SOURCE) return
  throw new ExpressionError(
    'expression.too_long',
    `An expression may have ${MAX_SOURCE} characters; this one has ${source.length}.`,
    0,
    { length: source.length, hint: 'Split it into several, for instance with a set step.' },
  )
}
