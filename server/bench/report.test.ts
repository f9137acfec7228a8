import { describe, expect, it } from 'vitest'
import { benchCase, median, percentile } from './bench-case.ts'
import { CASES } from './cases.ts'
import type { Machine } from './machine.ts'
import { readOptions } from './options.ts'
import { toJson, toTable } from './report.ts'

const machine: Machine = {
  cpu: 'Some CPU',
  cores: 2,
  memory_gb: 8,
  node: 'v24.0.0',
  commit: 'abcdef0',
  postgres: { fsync: 'on', synchronous_commit: 'on' },
  load: [{ cases: ['S10'], before: 0.1, after: 1.9, noisy: true }],
}
const cases = [
  benchCase({ name: 'S10', value: 900, unit: 'steps/s', baseline: 1_000, times: [3, 1, 2], note: 'how' }),
  benchCase({ name: 'RSS', value: 123.456, unit: 'MB', baseline: null, note: 'how else' }),
]

describe('the report', () => {
  it('is JSON of the machine and the figures, and nothing else', () => {
    expect(JSON.parse(toJson({ machine, cases }))).toEqual({
      machine,
      cases: [
        { name: 'S10', value: 900, unit: 'steps/s', baseline: 1_000, ratio: 0.9, p50: 2, p95: 3, p99: 3 },
        { name: 'RSS', value: 123, unit: 'MB', baseline: null, ratio: null, p50: null, p95: null, p99: null },
      ],
    })
  })

  it('is a table in which a case that others disturbed says so', () => {
    const lines = toTable({ machine, cases }).split('\n')
    expect(lines.find((line) => line.startsWith('S10 '))).toMatch(
      /900 +steps\/s +1000 +0\.9 +2 +3 +3 +0\.1 → 1\.9 +noisy$/,
    )
    expect(lines.find((line) => line.startsWith('RSS '))).toMatch(/123 +MB +– +– +– +– +–$/)
    expect(lines).toContain('S10: how')
  })
})

describe('the figures', () => {
  it('are percentiles of what was measured, the nearest above', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => i + 1)
    expect([0.5, 0.95, 0.99].map((share) => percentile(hundred, share))).toEqual([50, 95, 99])
    expect(median([9, 1, 5])).toBe(5)
  })
})

describe('the arguments', () => {
  const known = Object.keys(CASES)

  it('choose cases by name, in the order of the list', () => {
    expect(readOptions(['IDLE', '--json', 'S10'], known)).toEqual({ json: true, long: false, names: ['S10', 'IDLE'] })
    expect(readOptions(['--long'], known)).toEqual({ json: false, long: true, names: known })
  })

  it('are refused when no case has that name', () => {
    expect(() => readOptions(['S11'], known)).toThrow(/S11 is not known here\. Cases: S10/)
    expect(() => readOptions(['--jsno'], known)).toThrow(/--jsno/)
  })
})
