import { describe, expect, it } from 'vitest'
import { changedKeys } from './changed-keys.ts'

describe('what differs from the request before', () => {
  it('is every value that is another one, new ones too, and what is gone', () => {
    expect(changedKeys({ a: 1, b: ['x'], c: 'gone' }, { a: 1, b: ['y'], d: 'new' })).toEqual({
      changed: ['b', 'd'],
      gone: ['c'],
    })
  })

  it('takes a name every object has for a name like any other', () => {
    expect(changedKeys({}, { constructor: 'x' })).toEqual({ changed: ['constructor'], gone: [] })
    expect(changedKeys({ constructor: 'x' }, {})).toEqual({ changed: [], gone: ['constructor'] })
  })
})
