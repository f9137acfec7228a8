import { describe, expect, it } from 'vitest'
import { advance, formatPosition, parsePosition } from './position.ts'

const at = (last: number, ...missing: number[]) => ({ last, missing })

describe('position in the stream of all runs', () => {
  it('remembers the ids it passed over, because their transactions may still commit', () => {
    expect(advance(at(10), 13)).toEqual(at(13, 11, 12))
  })

  it('forgets an id once it was seen', () => {
    expect(advance(at(13, 11, 12), 11)).toEqual(at(13, 12))
  })

  it('gives up on old gaps, so that it stays small', () => {
    const far = advance(at(0), 1_000_000)
    expect(far.missing).toHaveLength(64)
    expect(far.missing.at(-1)).toBe(999_999)
  })

  it('travels as text and comes back the same', () => {
    for (const position of [at(0), at(7), at(120, 118, 119)]) {
      expect(parsePosition(formatPosition(position))).toEqual(position)
    }
  })

  it.each(['', 'abc', '-1', '1-', '1,2', '99999999999999999999'])('takes %j for no position at all', (text) => {
    expect(parsePosition(text)).toBeNull()
  })
})
