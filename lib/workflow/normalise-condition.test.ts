import { describe, expect, it } from 'vitest'
import type { Json } from '../json.ts'
import { evaluateExpression } from './expressions/evaluate.ts'
import { readCondition, toLiteral } from './normalise-condition.ts'

function read(raw: Json): { readonly source: string | null; readonly problems: string[] } {
  const problems: string[] = []
  const source = readCondition(raw, ['condition'], {
    error: (code, _, path) => problems.push(`${code} ${path.join('.')}`),
  })
  return { source, problems }
}

const runtime = {
  score: 81,
  tags: ['a', 'b'],
  country: 'DE',
  name: "O'Neil \\ Co",
  none: null,
  deep: { list: [{ x: 1 }] },
}
const scope = { roots: { runtime }, now: '2026-01-01T00:00:00.000Z' }

describe('compiles to an expression that holds exactly when it should', () => {
  it.each<[Json, boolean]>([
    ['score > 80', true],
    [true, true],
    [false, false],
    [{ field: 'score', operator: 'gt', value: 80 }, true],
    [{ field: 'runtime.score', operator: 'gte', value: 82 }, false],
    [{ field: 'score', operator: 'lt', value: 82 }, true],
    [{ field: 'score', operator: 'lte', value: 80 }, false],
    [{ field: 'country', operator: 'eq', value: 'DE' }, true],
    [{ field: 'country', value: 'DE' }, true],
    [{ field: 'country', operator: 'neq', value: 'DE' }, false],
    [{ field: 'country', operator: 'in', value: ['AT', 'DE'] }, true],
    [{ field: 'country', operator: 'in', value: 'DE, AT' }, true],
    [{ field: 'tags', operator: 'contains', value: 'b' }, true],
    [{ field: 'country', operator: 'contains', value: 'X' }, false],
    [{ field: 'name', value: "O'Neil \\ Co" }, true],
    [{ field: 'none', value: null }, true],
    [{ field: "deep['list'][0].x", value: 1 }, true],
    [{ all: [{ field: 'score', operator: 'gt', value: 1 }, 'country == "AT" or country == "DE"'] }, true],
    [{ all: ['score > 1', 'score > 100'] }, false],
    [{ any: ['score > 100', { all: [{ field: 'country', value: 'DE' }, true] }] }, true],
  ])('%j → %s', (raw, expected) => {
    const { source, problems } = read(raw)
    expect(problems).toEqual([])
    expect(evaluateExpression(source ?? '', scope)).toBe(expected)
  })
})

describe('refuses', () => {
  it.each<[Json, string]>([
    [5, 'condition.wrong_type condition'],
    [['a'], 'condition.wrong_type condition'],
    [{}, 'condition.bad_field condition.field'],
    [{ field: 'a == 1 or b', value: 1 }, 'condition.bad_field condition.field'],
    [{ field: 'a', operator: 'equals', value: 1 }, 'condition.unknown_operator condition.operator'],
    [{ field: 'a', operator: 'toString', value: 1 }, 'condition.unknown_operator condition.operator'],
    [{ field: 'a', op: 'eq', value: 1 }, 'condition.unknown_key condition.op'],
    [{ field: 'a', operator: 'eq' }, 'condition.bad_value condition'],
    [{ field: 'a', value: { b: 1 } }, 'condition.bad_value condition.value'],
    [{ field: 'a', value: [[1]] }, 'condition.bad_value condition.value'],
    [{ field: 'a', operator: 'in', value: 5 }, 'condition.bad_value condition.value'],
    [{ all: [] }, 'condition.wrong_type condition.all'],
    [{ any: 'a' }, 'condition.wrong_type condition.any'],
    [{ any: ['a'], all: ['b'] }, 'condition.unknown_key condition.any'],
    [{ any: [{ all: [{ field: 1 }] }] }, 'condition.bad_field condition.any.0.all.0.field'],
  ])('%j', (raw, expected) => {
    expect(read(raw)).toEqual({ source: null, problems: [expected] })
  })

  it('what is nested without end', () => {
    const nested = Array.from({ length: 10 }).reduce<Json>((inner) => ({ all: [inner] }), 'a')
    expect(read(nested).problems[0]).toContain('condition.too_deep')
  })
})

it.each<[Json, string | null]>([
  [-1.5, '-1.5'],
  [[1, 'a', null, true], "[1, 'a', null, true]"],
  [{}, null],
])('writes %j as %s', (value, text) => {
  expect(toLiteral(value)).toBe(text)
})
