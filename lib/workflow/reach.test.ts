import { describe, expect, it } from 'vitest'
import { circlesOf, endingSteps, followers, type Graph, waysOf } from './reach.ts'

/** ask → check → (publish → end | ask again); lost → lost. */
const GRAPH: Graph = new Map<string, ReadonlySet<string | null>>([
  ['ask', new Set(['check'])],
  ['check', new Set(['publish', 'ask'])],
  ['publish', new Set([null])],
  ['lost', new Set(['lost'])],
])
const among = (reached: { has(id: string): boolean }) => [...GRAPH.keys()].filter((id) => reached.has(id))

describe('ways through a workflow', () => {
  it('reach what they begin at and all that may follow', () => {
    expect(among(waysOf(GRAPH)(['ask']))).toEqual(['ask', 'check', 'publish'])
    expect(among(waysOf(GRAPH)(['publish', 'lost']))).toEqual(['publish', 'lost'])
    expect(among(waysOf(GRAPH)([null, 'nowhere']))).toEqual([])
  })

  it('stop at a step that is not to be passed', () => {
    expect(among(waysOf(GRAPH)(['ask'], 'check'))).toEqual(['ask'])
    expect(among(waysOf(GRAPH)(['ask'], 'ask'))).toEqual([])
  })

  it('lead from a step back to itself only in a circle', () => {
    const next = followers(GRAPH)
    expect(among(next('ask'))).toEqual(['ask', 'check', 'publish'])
    expect(among(next('publish'))).toEqual([])
    expect(next('ask')).toBe(next('ask'))
  })

  it('end, or go round for good', () => {
    expect([...endingSteps(GRAPH)].sort()).toEqual(['ask', 'check', 'publish'])
  })

  it('go round in circles, each told once', () => {
    const circles = (graph: Graph) => circlesOf(graph).map((circle) => [...circle].sort())
    expect(circles(GRAPH)).toEqual([['ask', 'check'], ['lost']])
    expect(
      circles(
        new Map([
          ['a', new Set(['b', null])],
          ['b', new Set([null, 'elsewhere'])],
        ]),
      ),
    ).toEqual([])
    const chain = Array.from({ length: 500 }, (_, i) => [`s${i}`, new Set([`s${i + 1}`])] as const)
    expect(circles(new Map<string, Set<string>>([...chain, ['s500', new Set(['s250'])]]))).toHaveLength(1)
  })
})
