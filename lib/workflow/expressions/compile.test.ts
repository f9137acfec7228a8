import { describe, expect, it } from 'vitest'
import type { Scope } from '../scope.ts'
import { compileExpression } from './compile.ts'
import { ExpressionError } from './errors.ts'
import { evaluateExpression } from './evaluate.ts'

const scopeOf = (x: number): Scope => ({ roots: { runtime: { x } }, now: '2026-01-01T00:00:00.000Z' })

describe('an expression that was read once', () => {
  it('has its value for any data', () => {
    const compiled = compileExpression('x * 2')
    expect([1, 2, 3].map((x) => compiled(scopeOf(x)))).toEqual([2, 4, 6])
  })
  it('has new fuel for each evaluation', () => {
    const compiled = compileExpression('len(range(60000)) + x')
    for (let x = 0; x < 5; x++) expect(compiled(scopeOf(x))).toBe(60_000 + x)
  })
  it('is refused before any data is there', () => {
    expect(() => compileExpression('x +')).toThrow(ExpressionError)
  })
})

describe('asked for by their source', () => {
  it('many expressions keep apart, more of them than are kept', () => {
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < 600; i++) expect(evaluateExpression(`x + ${i}`, scopeOf(round))).toBe(i + round)
    }
  })
  it('a wrong one is wrong each time', () => {
    for (let i = 0; i < 2; i++) expect(() => evaluateExpression('x +', scopeOf(1))).toThrow(ExpressionError)
  })
})
