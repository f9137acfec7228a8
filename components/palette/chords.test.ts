import { describe, expect, it } from 'vitest'
import { type Chord, type ChordOutcome, type ChordState, pressKey } from './chords.ts'

const CHORDS: readonly Chord[] = [
  { keys: ['g', 'w'], label: 'Workflows', href: '/workflows' },
  { keys: ['g', 'r'], label: 'Runs', href: '/runs' },
]

/** What each key does, one pressed each `ms`. */
function type(keys: string, ms = 100): ChordOutcome[] {
  let state: ChordState = { held: null }
  return [...keys].map((key, i) => {
    const [next, outcome] = pressKey(state, key, i * ms, CHORDS)
    state = next
    return outcome
  })
}

describe('keys that go somewhere', () => {
  it('are a letter after g', () => {
    expect(type('gw')).toEqual([{ kind: 'hold' }, { kind: 'go', href: '/workflows' }])
    expect(type('gr')).toEqual([{ kind: 'hold' }, { kind: 'go', href: '/runs' }])
  })

  it('belong to the page without the g', () => {
    expect(type('r')).toEqual([{ kind: 'pass' }])
  })

  it('belong to the page again once they went somewhere', () => {
    expect(type('gwr').at(-1)).toEqual({ kind: 'pass' })
  })

  it('are forgotten when the second comes late, or is another', () => {
    expect(type('gr', 2_000).at(-1)).toEqual({ kind: 'pass' })
    expect(type('gxr').at(-1)).toEqual({ kind: 'pass' })
  })

  it('begin anew with another g', () => {
    expect(type('ggw').at(-1)).toEqual({ kind: 'go', href: '/workflows' })
  })

  it('show what there is for a question mark', () => {
    expect(type('?')).toEqual([{ kind: 'help' }])
    expect(type('g?').at(-1)).toEqual({ kind: 'help' })
  })
})
