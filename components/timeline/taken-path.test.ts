import { describe, expect, it } from 'vitest'
import type { StepStatus, StepSummary } from '#lib/contracts/run-steps.ts'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { workflowGraph } from '#lib/workflow/graph.ts'
import { canonical, flow } from '#lib/workflow/validate-testkit.ts'
import { run } from '../../stories/fixtures/runs.ts'
import { takenPath } from './taken-path.ts'

const [form] = run.steps
if (!form) throw new Error('the run of the fixtures has a step')
const any: StepSummary = form

const SET = 'type: set, values: {v: "1"}'

/** Attempts as `scope/step`, each a second after the one before it. */
function attempts(...told: readonly (readonly [place: string, status?: StepStatus, more?: Partial<StepSummary>])[]) {
  return told.map(([place, status = 'completed', more = {}], i): StepSummary => {
    const at = place.lastIndexOf('/')
    return {
      ...any,
      path: at < 0 ? 'root' : `root/${place.slice(0, at)}`,
      step_id: place.slice(at + 1),
      status,
      visit: 1,
      seq: i,
      started_at: new Date(i * 1000).toISOString(),
      ...more,
    }
  })
}

function taken(text: string, steps: readonly StepSummary[], status: 'completed' | 'running' = 'completed') {
  const graph = workflowGraph(canonical(text), stepCatalog)
  return [...takenPath({ graph, status, steps: [...steps] }).taken]
}

const SPLIT = flow(
  `id: checks\ntype: parallel\njoin: any\nbranches:\n  legal: [{id: a, ${SET}}, {id: b, ${SET}}]\n  price: [{id: quote, ${SET}}]`,
  'id: after\ntype: set\nvalues: {w: "2"}',
)
const EACH = flow(
  `id: calls\ntype: for_each\nitems: "[1, 2]"\nsteps: [{id: ring, ${SET}}]`,
  'id: after\ntype: set\nvalues: {w: "2"}',
)

describe('the way a run took', () => {
  it('goes from step to step as they began, and to the end', () => {
    const graph = {
      start: 'a',
      nodes: [],
      edges: [
        { from: 'a', to: 'b', kind: 'next' as const, label: null },
        { from: 'b', to: 'a', kind: 'revise' as const, label: null },
      ],
    }
    const steps = attempts(['a'], ['b'], ['a', 'completed', { visit: 2 }], ['b', 'completed', { visit: 2 }])
    const path = takenPath({ graph, status: 'completed', steps })
    expect([...path.taken]).toEqual(['a>b', 'b>a', 'b>'])
    expect(path.marks.get('b')).toEqual({ status: 'completed', visits: 2 })
  })

  it('goes into every branch, and out of those that ended', () => {
    const begun = attempts(['checks', 'running'], ['checks@0.1/legal/a'], ['checks@0.1/price/quote', 'running'])
    expect(taken(SPLIT, begun, 'running')).toEqual(['checks>a', 'checks>quote'])
    const both = attempts(
      ['checks'],
      ['checks@0.1/legal/a'],
      ['checks@0.1/price/quote'],
      ['checks@0.1/legal/b'],
      ['after'],
    )
    expect(taken(SPLIT, both)).toEqual(['checks>a', 'checks>quote', 'a>b', 'b>after', 'quote>after', 'after>'])
  })

  it('leads nowhere from a branch that was not needed any more', () => {
    const steps = attempts(['checks'], ['checks@0.1/legal/a', 'canceled'], ['checks@0.1/price/quote'], ['after'])
    expect(taken(SPLIT, steps)).toEqual(['checks>a', 'checks>quote', 'quote>after', 'after>'])
  })

  it('is marked once for all items, and goes past the steps inside where there are none', () => {
    const items = attempts(['calls'], ['calls@0.1/0/ring'], ['calls@0.1/1/ring'], ['after'])
    expect(taken(EACH, items)).toEqual(['calls>ring', 'ring>after', 'after>'])
    expect(taken(EACH, attempts(['calls'], ['after']))).toEqual(['calls>after', 'after>'])
  })

  it('comes out of what is inside what is inside', () => {
    const inner = `{id: inner, type: parallel, branches: {one: [{id: deep, ${SET}}]}}`
    const text = flow(`id: calls\ntype: for_each\nitems: "[1]"\nsteps: [${inner}]`)
    const steps = attempts(['calls'], ['calls@0.1/0/inner'], ['calls@0.1/0/inner@0.1/one/deep'])
    expect(taken(text, steps)).toEqual(['calls>inner', 'inner>deep', 'deep>'])
  })

  it('goes on from the step itself where what is inside it failed', () => {
    const text = flow(
      `id: checks\ntype: parallel\non_error: note\nbranches: {legal: [{id: a, ${SET}}]}\nnext: end`,
      'id: note\ntype: set\nvalues: {w: "2"}',
    )
    const steps = attempts(['checks', 'failed'], ['checks@0.1/legal/a', 'failed'], ['note'])
    expect(taken(text, steps)).toEqual(['checks>a', 'checks>note', 'note>'])
  })

  it('begins anywhere after a retry, which is no way of the graph', () => {
    const steps = attempts(['checks', 'failed'], ['checks@0.1/legal/a', 'failed'], ['after', 'completed', { epoch: 1 }])
    expect(taken(SPLIT, steps)).toEqual(['checks>a', 'after>'])
  })
})
