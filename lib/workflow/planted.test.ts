import { describe, expect, it } from 'vitest'
import { readPlanted } from './testing/planted.ts'
import { judgedAt } from './validate-testkit.ts'

const planted = readPlanted()

/** What has to be found before a run, each several times. */
const KINDS = [
  'approvals',
  'collision',
  'comparison',
  'endless-loop',
  'nullable',
  'only-some-paths',
  'overwriting',
  'secrets',
  'unknown-variable',
  'ways',
  'wrong-type',
]

describe('a workflow with one mistake', () => {
  it('is there in every kind, several times', () => {
    const count = (kind: string) => planted.filter((one) => one.kind === kind).length
    expect([...new Set(planted.map(({ kind }) => kind))].sort()).toEqual(KINDS)
    expect(KINDS.filter((kind) => count(kind) < 3)).toEqual([])
    expect(planted.length).toBeGreaterThanOrEqual(60)
  })

  it.each(planted)('$kind/$name: $expected', ({ text, expected }) => {
    expect(judgedAt(text)).toEqual([expected])
  })
})
