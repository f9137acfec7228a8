import type { WorkflowGraph } from '#lib/workflow/graph.ts'
import { edgeWords } from './graph-words.ts'

/** The end of the run, among the ids of the steps; no step can be called so. */
export const END = '·end'

/** All edges from one step to another, drawn as one line. */
export interface Way {
  /** As in `taken` of the graph: `from>to`, and `from>` for the end. */
  readonly key: string
  readonly from: string
  readonly to: string
  readonly words: string | null
  /** Followed only when something does not go as planned: drawn dashed. */
  readonly detour: boolean
  /** Only after an error or a rejection. */
  readonly bad: boolean
  /** Leads back to where the run has been: drawn at the side. */
  readonly back: boolean
}

/** The lines of a graph: those that join the same two steps become one, and those that close a loop are told apart. */
export function waysOf(graph: WorkflowGraph): readonly Way[] {
  const joined = new Map<string, (typeof graph.edges)[number][]>()
  for (const edge of graph.edges) {
    const key = `${edge.from}>${edge.to ?? ''}`
    joined.set(key, [...(joined.get(key) ?? []), edge])
  }
  const closing = loops(graph)
  return [...joined].flatMap(([key, edges]) => {
    const [first] = edges
    if (first === undefined) return []
    const words = edges.map(edgeWords)
    return {
      key,
      from: first.from,
      to: first.to ?? END,
      words: words.every((word) => word === null) ? null : words.map((word) => word ?? 'next').join(' · '),
      detour: edges.every(({ kind }) => kind !== 'next' && kind !== 'branch' && kind !== 'inside'),
      bad: edges.every(({ kind }) => kind === 'error' || kind === 'reject' || kind === 'timeout'),
      back: closing.has(key),
    }
  })
}

/** The edges that close a loop, when the steps are walked through from the start in their order. */
function loops(graph: WorkflowGraph): ReadonlySet<string> {
  const next = new Map<string, string[]>()
  for (const { from, to } of graph.edges) if (to !== null) next.set(from, [...(next.get(from) ?? []), to])
  const closing = new Set<string>()
  const state = new Map<string, 'open' | 'done'>()
  for (const root of [graph.start, ...graph.nodes.map(({ id }) => id)]) {
    if (state.has(root)) continue
    // Own stack: a workflow of 500 steps in a row must not exhaust the engine's.
    const stack = [{ id: root, at: 0 }]
    state.set(root, 'open')
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const target = next.get(top.id)?.[top.at++]
      if (target === undefined) {
        state.set(top.id, 'done')
        stack.pop()
      } else if (state.get(target) === 'open') closing.add(`${top.id}>${target}`)
      else if (!state.has(target)) {
        state.set(target, 'open')
        stack.push({ id: target, at: 0 })
      }
    }
  }
  return closing
}
