import type { Json, JsonObject } from '#lib/json.ts'
import { ExpressionError } from '#lib/workflow/expressions/errors.ts'
import { evaluateExpression } from '#lib/workflow/expressions/evaluate.ts'
import { createPositions } from '#lib/workflow/positions.ts'
import { renderValue } from '#lib/workflow/templates/render.ts'
import { scopeOf } from './scope.ts'

/** One thing to evaluate: an expression, or a template as it stands in a workflow. */
export type Question = { readonly expr: string } | { readonly template: string }

/** What comes of it. Lines and columns count from 1, columns in UTF-16 units as in editors. */
export type Answer = { readonly value: Json } | { readonly error: Trouble }

export interface Trouble {
  readonly code: string
  /** What is wrong and what to do about it. */
  readonly message: string
  readonly line: number
  readonly column: number
  /** Characters it is about. */
  readonly length: number
}

/** Evaluates with data. What is wrong with the question or the data is an answer too. */
export function answer(question: Question, data: JsonObject): Answer {
  try {
    const scope = scopeOf(data)
    return {
      value: 'expr' in question ? evaluateExpression(question.expr, scope) : renderValue(question.template, scope),
    }
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    return { error: troubleOf(error, 'expr' in question ? question.expr : question.template) }
  }
}

function troubleOf({ code, message, hint, offset, length }: ExpressionError, source: string): Trouble {
  const { line, column } = createPositions(source)(offset, offset + length)
  return { code, message: hint === undefined ? message : `${message} ${hint}`, line, column, length }
}
