import { describe, expect, it } from 'vitest'
import { findUnstorable, findUnstorableCharacter, isStorable } from './storable.ts'

describe('text that can be kept', () => {
  it.each(['', 'plain', 'é 漢 👍', '\n\t', '\u202e'])('%j can', (text) => expect(isStorable(text)).toBe(true))
  it.each(['\0', 'a\0b', '\ud800', 'a\udc00b'])('%j cannot', (text) => expect(isStorable(text)).toBe(false))

  it.each([
    ['plain 👍', null],
    ['a\0b', 1],
    ['👍\ud83d', 2],
    ['a\udc4db', 1],
  ])('is found in %j at %j', (text, at) => expect(findUnstorableCharacter(text)).toBe(at))

  it('is looked for in all of a value, keys too', () => {
    expect(findUnstorable({ a: [1, null, true, { b: 'fine' }] })).toBeNull()
    expect(findUnstorable({ a: [1, { b: 'x\0' }] })).toEqual(['a', 1, 'b'])
    expect(findUnstorable({ a: { 'k\0': 1 } })).toEqual(['a'])
  })
})
