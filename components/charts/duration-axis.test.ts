import { describe, expect, it } from 'vitest'
import { durationMark, durationTicks } from './duration-axis.ts'

const marks = (most: number) => durationTicks(most).map(durationMark)

describe('the marks of an axis of durations', () => {
  it.each([
    [0, ['0', '1 ms']],
    [340, ['0', '100 ms', '200 ms', '300 ms', '400 ms']],
    [5_800, ['0', '2 s', '4 s', '6 s']],
    [2_260_000, ['0', '10 min', '20 min', '30 min', '40 min']],
    [20_000_000, ['0', '2 h', '4 h', '6 h']],
    [100 * 86_400_000, ['0', '30 d', '60 d', '90 d', '120 d']],
  ])('up to %d ms are round', (most, expected) => {
    expect(marks(most)).toEqual(expected)
  })

  it('cover whatever there is, in few steps', () => {
    for (let most = 1; most < 1e12; most *= 3) {
      const ticks = durationTicks(most)
      expect(ticks.at(-1), String(most)).toBeGreaterThanOrEqual(most)
      expect(ticks.length, String(most)).toBeLessThanOrEqual(5)
    }
  })
})
