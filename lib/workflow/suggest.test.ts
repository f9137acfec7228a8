import { describe, expect, it } from 'vitest'
import { didYouMean, nearest, oneOf } from './suggest.ts'

describe('the nearest name', () => {
  it.each([
    ['aproval', 'approval'],
    ['APPROVAL', 'approval'],
    ['apiCall', 'api_call'],
    ['api-call', 'api_call'],
    ['ai', 'ai_generate'],
    ['approval', undefined],
    ['xyz', undefined],
    ['a', undefined],
    ['', undefined],
  ])('to %j is %j', (name, expected) => {
    expect(nearest(name, ['form', 'approval', 'api_call', 'ai_generate'])).toBe(expected)
  })

  it('is the first of those that are equally near', () => {
    expect(nearest('toan', ['tone', 'town', 'loan'])).toBe('town')
  })

  it('is asked for', () => {
    expect(didYouMean('forn', ['form'])).toBe('Did you mean form?')
    expect(didYouMean('zebra', ['form'])).toBeUndefined()
  })
})

it.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a or b'],
  [['a', 'b', 'c'], 'a, b or c'],
])('%j reads %j', (names, text) => {
  expect(oneOf(names)).toBe(text)
})
