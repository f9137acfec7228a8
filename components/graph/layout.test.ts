import { describe, expect, it } from 'vitest'
import type { EdgeKind, WorkflowGraph } from '#lib/workflow/graph.ts'
import { layoutGraph, type Placed } from './layout.ts'
import { END, waysOf } from './ways.ts'

function graph(
  ...edges: readonly (readonly [from: string, to: string | null, kind?: EdgeKind, label?: string])[]
): WorkflowGraph {
  const ids = [...new Set(edges.map(([from]) => from))]
  return {
    start: ids[0] ?? '',
    nodes: ids.map((id) => ({ id, type: 'set', name: null })),
    edges: edges.map(([from, to, kind = 'next', label = null]) => ({ from, to, kind, label })),
  }
}

const REVIEW = graph(
  ['brief', 'draft'],
  ['draft', 'review'],
  ['review', 'publish'],
  ['review', 'draft', 'revise'],
  ['review', 'note', 'reject'],
  ['publish', null],
  ['publish', 'note', 'error'],
  ['note', null],
)

function place(nodes: readonly Placed[], id: string): Placed {
  const found = nodes.find((node) => node.id === id)
  if (!found) throw new Error(`${id} has no place`)
  return found
}

describe('the lines of a graph', () => {
  it('join the same two steps once, with all that is said of them', () => {
    const ways = waysOf(graph(['a', 'b', 'branch', 'x > 1'], ['a', 'b', 'branch', 'otherwise'], ['b', null]))
    expect(ways.map(({ key, words }) => [key, words])).toEqual([
      ['a>b', 'x > 1 · otherwise'],
      ['b>', null],
    ])
  })

  it('lead back only where they close a loop', () => {
    expect(
      waysOf(REVIEW)
        .filter(({ back }) => back)
        .map(({ key }) => key),
    ).toEqual(['review>draft'])
    expect(waysOf(graph(['a', 'a', 'branch', 'true'], ['a', null])).map(({ back }) => back)).toEqual([true, false])
  })

  it('are detours where something has to go wrong first', () => {
    const ways = waysOf(REVIEW)
    expect(ways.filter(({ detour }) => detour).map(({ key }) => key)).toEqual([
      'review>draft',
      'review>note',
      'publish>note',
    ])
    const fork = waysOf(graph(['a', 'b', 'branch', 'x > 1'], ['a', null, 'branch', 'otherwise'], ['b', null]))
    expect(fork.some(({ detour }) => detour)).toBe(false)
    expect(ways.filter(({ bad }) => bad).map(({ key }) => key)).toEqual(['review>note', 'publish>note'])
  })
})

describe('the places of a graph', () => {
  it('put every step below those that lead to it, and the end last', () => {
    const { nodes } = layoutGraph(REVIEW)
    for (const { from, to, back } of waysOf(REVIEW)) {
      if (back) continue
      const [upper, lower] = [place(nodes, from), place(nodes, to)]
      expect(lower.y, `${to} below ${from}`).toBeGreaterThanOrEqual(upper.y + upper.height)
    }
    expect(Math.min(...nodes.map(({ y }) => y)), 'the first stands at the top').toBeLessThan(10)
    expect(place(nodes, END).y).toBe(Math.max(...nodes.map(({ y }) => y)))
  })

  it('overlap nowhere', () => {
    const { nodes } = layoutGraph(REVIEW)
    for (const [i, a] of nodes.entries()) {
      for (const b of nodes.slice(i + 1)) {
        const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y
        expect(apart, `${a.id} and ${b.id}`).toBe(true)
      }
    }
  })

  it('keep two loops over the same steps in lanes of their own, right of all they pass', () => {
    const loops = graph(['a', 'b'], ['b', 'c'], ['c', null], ['c', 'b', 'revise'], ['c', 'a', 'branch', 'again'])
    const { edges, nodes, left, width } = layoutGraph(loops)
    const lanes = edges.filter(({ way }) => way.back).map(({ label }) => label)
    const [inner, outer] = lanes
    if (!inner || !outer) throw new Error('there are two loops')
    expect(inner.x - inner.width / 2).toBeGreaterThan(0)
    expect(outer.x - outer.width / 2).toBeGreaterThan(inner.x)
    expect(inner.x).toBeGreaterThan(Math.max(...nodes.map((node) => node.x + node.width)))
    expect(left + width).toBeGreaterThanOrEqual(outer.x + outer.width / 2)
  })

  it('let a loop run at the left where another step stands at the right', () => {
    const sides = [
      [['a', 'b', 'branch', 'otherwise'] as const, ['a', 'c', 'branch', 'x'] as const],
      [['a', 'c', 'branch', 'x'] as const, ['a', 'b', 'branch', 'otherwise'] as const],
    ].map((branches) => {
      const { edges, nodes } = layoutGraph(graph(...branches, ['b', 'a'], ['c', null]))
      const [b, c] = [place(nodes, 'b'), place(nodes, 'c')]
      const lane = edges.find(({ way }) => way.key === 'b>a')?.lane ?? 0
      return [b.x < c.x ? 'c at the right' : 'c at the left', lane < b.x ? 'left' : 'right']
    })
    expect(sides.sort()).toEqual([
      ['c at the left', 'right'],
      ['c at the right', 'left'],
    ])
  })

  it('are found for hundreds of steps in a row', () => {
    const many = graph(...Array.from({ length: 500 }, (_, i) => [`s${i}`, i === 499 ? null : `s${i + 1}`] as const))
    expect(layoutGraph(many).nodes).toHaveLength(501)
  })
})
