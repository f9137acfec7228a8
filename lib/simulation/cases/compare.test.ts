import { describe, expect, it } from 'vitest'
import type { Json } from '#lib/json.ts'
import { differences } from './compare.ts'

describe('a value is as expected', () => {
  it.each<[Json, Json]>([
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: { b: [1] } }, { a: { b: [1], c: 2 } }],
    [[{ a: 1 }], [{ a: 1, b: 2 }]],
    [null, null],
    [{}, { a: 1 }],
  ])('%j in %j', (expected, actual) => {
    expect(differences(expected, actual, [])).toEqual([])
  })
})

describe('a value is another one', () => {
  it.each<[Json, Json | undefined, string]>([
    [[1], [1, 2], ''],
    [[1, 2], [1], ''],
    [[1, 2], [2, 1], '0 1'],
    [{ a: { b: 1 } }, { a: {} }, 'a.b'],
    [{ a: 1 }, [1], ''],
    [[1], { 0: 1 }, ''],
    [1, '1', ''],
    [null, undefined, ''],
    [false, null, ''],
  ])('%j and not %j', (expected, actual, places) => {
    expect(
      differences(expected, actual, [])
        .map(({ path }) => path.join('.'))
        .join(' '),
    ).toBe(places)
  })

  it('tells nothing from null', () => {
    expect(differences({ a: 1 }, {}, [])).toEqual([{ path: ['a'], expected: 1 }])
    expect(differences({ a: 1 }, { a: null }, [])).toEqual([{ path: ['a'], expected: 1, actual: null }])
  })
})
