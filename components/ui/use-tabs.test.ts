import { describe, expect, it } from 'vitest'
import { nextTab } from './use-tabs.ts'

describe('the keys of a list of tabs', () => {
  it('go around at both ends', () => {
    expect([nextTab('ArrowRight', 0, 3), nextTab('ArrowRight', 2, 3)]).toEqual([1, 0])
    expect([nextTab('ArrowLeft', 2, 3), nextTab('ArrowLeft', 0, 3)]).toEqual([1, 2])
  })

  it('lead to the first and the last', () => {
    expect([nextTab('Home', 1, 3), nextTab('End', 1, 3)]).toEqual([0, 2])
  })

  it('leave every other key alone', () => {
    expect(nextTab('ArrowDown', 1, 3)).toBeUndefined()
    expect(nextTab('Enter', 1, 3)).toBeUndefined()
  })
})
