import { HELPERS } from '../expressions/helpers.ts'
import { TESTS } from '../expressions/tests.ts'
import type { Place } from './place.ts'

/** The expression under way at a cursor. */
export interface ExpressionAt {
  /** Up to the cursor. */
  readonly before: string
  readonly after: string
}

/** Within `{{ }}` or `{% %}` of a template, or anywhere in what is an expression by itself; null where there is none. */
export function expressionAt({ before, after }: Pick<Place, 'before' | 'after'>, bare: boolean): ExpressionAt | null {
  const opened = Math.max(before.lastIndexOf('{{'), before.lastIndexOf('{%'))
  const closed = Math.max(before.lastIndexOf('}}'), before.lastIndexOf('%}'))
  if (opened > closed || (opened >= 0 && closed < 0)) {
    return { before: before.slice(opened + 2).replace(/^-/, ''), after: after.split(/[%}]\}/)[0] ?? '' }
  }
  return bare && !before.includes('{{') ? { before, after } : null
}

/** Whether the cursor stands within a text in quotes. */
export function inText(before: string): boolean {
  let quote: string | null = null
  for (let i = 0; i < before.length; i++) {
    const sign = before[i]
    if (sign === '\\' && quote !== null) i++
    else if (quote === null && (sign === '"' || sign === "'")) quote = sign
    else if (sign === quote) quote = null
  }
  return quote !== null
}

/** After a bar stands a filter; every function can be one. */
export const AFTER_BAR = /\|\s*(\w*)$/
export const AFTER_IS = /\bis\s+(?:not\s+)?(\w*)$/

/** One name of each function: the others are the same. */
export const FUNCTIONS = unique(HELPERS)
export const CHECKS = unique(TESTS)

function unique<T>(table: ReadonlyMap<string, T>): readonly (readonly [name: string, entry: T])[] {
  const seen = new Set<T>()
  return [...table].filter(([, entry]) => !seen.has(entry) && seen.add(entry))
}
