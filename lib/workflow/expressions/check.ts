import { type Problem, problemOf } from './errors.ts'
import { parseExpression } from './parse.ts'
import { rulesOf } from './rules.ts'

/** What is wrong with an expression, without any data; an empty list when it can be evaluated. */
export function checkExpression(source: string): Problem[] {
  try {
    return rulesOf(parseExpression(source))
  } catch (error) {
    return [problemOf(error)]
  }
}
