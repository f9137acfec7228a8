import { ExpressionError } from '../../expressions/errors.ts'
import type { Scope } from '../../scope.ts'
import { checkTemplate } from '../check.ts'
import { renderTemplate } from '../render.ts'
import type { Outcome } from './ask-jinja.ts'
import { DATA } from './data.ts'

const scope: Scope = { roots: { runtime: DATA }, now: '2026-01-01T00:00:00.000Z' }

const ABSENCE: ReadonlySet<string> = new Set([
  'expression.unknown_variable',
  'expression.missing',
  'expression.index_range',
])

/** What comes of a template here, as Jinja's answers are written. Anything but an `ExpressionError` passes through. */
export function outcome(template: string): Outcome {
  try {
    return renderTemplate(template, scope)
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    const line = error.line ?? null
    if (checkTemplate(template).length > 0) return ['syntax', line]
    return [ABSENCE.has(error.code) ? 'undefined' : 'value', line]
  }
}
