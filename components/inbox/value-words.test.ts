import { describe, expect, it } from 'vitest'
import { labelOf, plainText, shapeOf } from './value-words.ts'

describe('the label of a value', () => {
  it('reads a key as words, and leaves what an author wrote', () => {
    expect(labelOf('word_count')).toBe('Word count')
    expect(labelOf('topic')).toBe('Topic')
    expect(labelOf('Net price (EUR)')).toBe('Net price (EUR)')
    expect(labelOf('order.totalAmount')).toBe('order.totalAmount')
    expect(labelOf('_hidden')).toBe('_hidden')
  })
})

describe('how a value is laid out', () => {
  it('is a list for plain items and a table for rows alike', () => {
    expect(shapeOf(['a', 2, true])).toEqual({ kind: 'list', items: ['a', '2', 'Yes'] })
    expect(
      shapeOf([
        { item: 'Desk', price: 420 },
        { price: 12, item: 'Lamp' },
      ]),
    ).toEqual({
      kind: 'table',
      columns: ['item', 'price'],
      rows: [
        ['Desk', '420'],
        ['Lamp', '12'],
      ],
    })
  })

  it('is the tree itself where rows differ or nest, so that nothing is left out', () => {
    expect(shapeOf([{ a: 1 }, { a: 1, b: 2 }])).toEqual({ kind: 'tree' })
    expect(shapeOf([{ a: [1] }, { a: [2] }])).toEqual({ kind: 'tree' })
    expect(shapeOf([{ a: 1 }, { b: 1 }])).toEqual({ kind: 'tree' })
    expect(shapeOf({ a: 1 })).toEqual({ kind: 'tree' })
  })

  it('tells an empty value from an absent one by saying so', () => {
    for (const value of [null, '', []]) expect(shapeOf(value)).toEqual({ kind: 'empty' })
    expect(shapeOf(0)).toEqual({ kind: 'atom', text: '0' })
    expect(shapeOf(false)).toEqual({ kind: 'atom', text: 'No' })
  })
})

describe('a value as one text', () => {
  it('has one line for each item of a list', () => {
    expect(plainText(['a', 'b'])).toBe('a\nb')
    expect(plainText(undefined)).toBe('')
    expect(plainText({ a: 1 })).toBe('{\n  "a": 1\n}')
  })
})
