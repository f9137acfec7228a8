import { describe, expect, it } from 'vitest'
import { shownOf } from './shown.ts'

describe('what an approval shows', () => {
  it('stands in the order of its author', () => {
    const opening = { show: { body: 2, title: 1, x: null }, order: ['title', 'x', 'body'] }
    expect(Object.entries(shownOf(opening))).toEqual([
      ['title', 1],
      ['x', null],
      ['body', 2],
    ])
  })
  it('stands as it is where no order was kept', () => {
    expect(Object.keys(shownOf({ show: { b: 1, a: 2 } }))).toEqual(['b', 'a'])
  })
})
