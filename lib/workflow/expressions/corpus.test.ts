import { describe, expect, it } from 'vitest'
import { corpus } from '#lib/testing/corpus.ts'
import { cpuTime } from '#lib/testing/cpu-time.ts'
import type { Scope } from '../scope.ts'
import { checkExpression } from './check.ts'
import { ExpressionError } from './errors.ts'
import { evaluateExpression } from './evaluate.ts'
import { references } from './references.ts'

const { attacks, benign } = corpus('expression')

function scopeWith(key: string): Scope {
  const inputs = JSON.parse('{"a": 2, "b": 3, "amount": 150, "country": "DE", "tags": ["urgent"], "first name": "Ana"}')
  const more = { prototype_name: 'x', items: ['a', 'b'], name: 'Sarah', email: 'a@b.example', k: key }
  return { roots: { inputs: { ...inputs, ...more }, runtime: {}, steps: {} }, now: '2026-03-04T05:06:07.000Z' }
}

function outcome(source: string, scope: Scope): unknown {
  try {
    return evaluateExpression(source, scope)
  } catch (error) {
    if (error instanceof ExpressionError) return error
    throw error
  }
}

describe('hostile expressions', () => {
  it('are all here', () => {
    expect(attacks.length).toBeGreaterThanOrEqual(40)
  })

  it.each(attacks)('$why', ({ payload, expect: expected }) => {
    for (const key of ['__proto__', 'constructor', 'toString', 'nope']) {
      const scope = scopeWith(key)
      expect(cpuTime(() => void outcome(payload, scope))).toBeLessThan(250)
      expect(references(payload)).toBeInstanceOf(Array)
      // Inert ones are refused too: here a computed or foreign key leads nowhere.
      const result = outcome(payload, scope)
      expect(result, expected).toBeInstanceOf(ExpressionError)
      // Where it is refused before any data is looked at, the check says so with the same words.
      const [problem] = checkExpression(payload)
      if (problem !== undefined) expect(result).toMatchObject({ code: problem.code, offset: problem.offset })
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})

describe('ordinary expressions', () => {
  it.each(benign)('$why', ({ payload }) => {
    expect(checkExpression(payload)).toEqual([])
    expect(outcome(payload, scopeWith('nope'))).toBeTypeOf('boolean')
  })
})
