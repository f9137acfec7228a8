import { describe, expect, it } from 'vitest'
import type { Scope } from '../scope.ts'
import { ExpressionError } from './errors.ts'
import { evaluateExpression } from './evaluate.ts'
import recorded from './fixtures/python-values.json' with { type: 'json' }

const scope: Scope = { roots: { runtime: recorded.context }, now: '2026-01-01T00:00:00.000Z' }

/** A value, or that there is none. Anything but an `ExpressionError` passes through and fails the test. */
function outcome(expression: string): unknown {
  try {
    return { value: evaluateExpression(expression, scope) }
  } catch (error) {
    if (error instanceof ExpressionError) return 'an error'
    throw error
  }
}

describe('expressions mean what Python made of them', () => {
  it('where Python has a value', () => {
    const cases = recorded.cases.filter(({ error }) => error === undefined)
    expect(cases.length).toBeGreaterThan(1_500)
    const ours = cases.map(({ expression }) => ({ expression, ours: outcome(expression) }))
    expect(ours).toEqual(cases.map(({ expression, value }) => ({ expression, ours: { value } })))
  })

  it('where Python has an error', () => {
    const cases = recorded.cases.filter(({ error }) => error !== undefined)
    expect(cases.length).toBeGreaterThan(1_000)
    expect(cases.filter(({ expression }) => outcome(expression) !== 'an error')).toEqual([])
  })
})
