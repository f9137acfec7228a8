import { describe, expect, it } from 'vitest'
import { keepSame } from './keep-same.ts'
import type { LanguageAnswer } from './language.ts'

const answer = (name: string, line: number): LanguageAnswer => ({
  diagnostics: [],
  graph: { start: 'a', nodes: [{ id: 'a', type: 'set', name }], edges: [] },
  outline: [{ id: 'a', type: 'set', name, line, endLine: line + 2, depth: 0, branch: null }],
  inputs: null,
})

describe('the parts of an answer that are kept', () => {
  it('are those that say the same as before', () => {
    const last = answer('First', 3)
    const next = keepSame(last, answer('First', 4))
    expect(next.graph).toBe(last.graph)
    expect(next.diagnostics).toBe(last.diagnostics)
    expect(next.outline).toEqual(answer('First', 4).outline)
  })

  it('are none where something else is said', () => {
    const last = answer('First', 3)
    const other = answer('Second', 3)
    expect(keepSame(last, other).graph).toBe(other.graph)
    expect(keepSame(undefined, other)).toBe(other)
  })
})
