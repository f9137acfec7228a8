import { type Problem, problemOf } from './errors.ts'
import { parseExpression } from './parse.ts'
import { type Reference, referencesOf } from './references.ts'
import { rulesOf } from './rules.ts'

/** What is to be said of an expression or template without any data. */
export interface Inspection {
  /** Empty when it can be evaluated. */
  readonly problems: readonly Problem[]
  /** What it reads; nothing where something is wrong with it. */
  readonly reads: readonly Reference[]
}

/** Looks at an expression once for both. */
export function inspectExpression(source: string): Inspection {
  try {
    const tree = parseExpression(source)
    const problems = rulesOf(tree)
    if (problems.length > 0) return { problems, reads: [] }
    return { problems, reads: referencesOf(tree, { locals: new Set(), guarded: false, known: [] }) }
  } catch (error) {
    return { problems: [problemOf(error)], reads: [] }
  }
}

/** What is wrong with an expression, without any data; an empty list when it can be evaluated. */
export function checkExpression(source: string): readonly Problem[] {
  return inspectExpression(source).problems
}
