import { describe, expect, it } from 'vitest'
import { instantsOf, rangeParams, readRange } from './range-choice.ts'

const read = (query: string) => {
  const params = new URLSearchParams(query)
  return readRange((name) => params.get(name))
}

describe('a range in an address', () => {
  it('is a period or two days', () => {
    expect(read('range=30d')).toEqual({ period: '30d' })
    expect(read('from=2026-03-01&to=2026-03-01')).toEqual({ from: '2026-03-01', to: '2026-03-01' })
  })

  it('is none where it makes no sense', () => {
    for (const query of ['', 'range=1y', 'from=2026-03-01', 'from=2026-03-02&to=2026-03-01', 'from=x&to=y']) {
      expect(read(query)).toBeNull()
    }
    expect(read('from=2026-13-45&to=2026-13-46')).toBeNull()
  })

  it('comes back as it was written', () => {
    for (const choice of [{ period: '24h' } as const, { from: '2026-03-01', to: '2026-03-08' }]) {
      const written = Object.entries(rangeParams(choice)).filter(
        (entry): entry is [string, string] => entry[1] !== null,
      )
      expect(read(new URLSearchParams(written).toString())).toEqual(choice)
    }
  })

  it('holds its last day to the end', () => {
    const { from, to } = instantsOf({ from: '2026-06-01', to: '2026-06-01' })
    expect(Date.parse(to) - Date.parse(from)).toBe(86_400_000)
  })
})
