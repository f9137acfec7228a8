import type { ForkStepType, StepCatalog } from './catalog.ts'
import { allSteps, type Step, type WorkflowDefinition } from './definition.ts'
import type { Graph } from './reach.ts'

export interface GraphNode {
  readonly id: string
  readonly type: string
  readonly name: string | null
}

/** `next` is the plain way on, `branch` one way among several, `inside` one into the steps inside a step; the others are followed for what their name says. */
export type EdgeKind = 'next' | 'branch' | 'inside' | 'error' | 'reject' | 'revise' | 'timeout'

export interface GraphEdge {
  readonly from: string
  /** null: the end. */
  readonly to: string | null
  readonly kind: EdgeKind
  /** A branch's condition or value; null where the kind says enough. */
  readonly label: string | null
}

/** A workflow as it is drawn. Nodes stand in the author's order. */
export interface WorkflowGraph {
  readonly start: string
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
}

/** Every way a run can take through a definition: the plain ways of a step first, then what goes wrong. */
export function workflowGraph(definition: WorkflowDefinition, catalog: StepCatalog): WorkflowGraph {
  const steps = allSteps(definition.steps)
  const ids = new Set(steps.map(({ id }) => id))
  return {
    start: definition.start,
    nodes: steps.map(({ id, type, name }) => ({ id, type, name })),
    // A stored definition has no jumps to nowhere; one that a later build wrote may.
    edges: edgesIn(definition.steps, null, catalog).filter(({ to }) => to === null || ids.has(to)),
  }
}

/** The same as what may come after what. */
export function targets({ nodes, edges }: WorkflowGraph): Graph {
  const graph = new Map(nodes.map(({ id }) => [id, new Set<string | null>()]))
  for (const { from, to } of edges) graph.get(from)?.add(to)
  return graph
}

/** What ends inside a step goes on with what follows that step; `end` is where the sequence itself leads. */
function edgesIn(steps: readonly Step[], end: string | null, catalog: StepCatalog): readonly GraphEdge[] {
  return steps.flatMap((step) => [
    ...edgesOf(step, catalog).map((edge) => ({ ...edge, to: edge.to ?? end })),
    ...(step.blocks ?? []).flatMap((block) => edgesIn(block.steps, step.next ?? end, catalog)),
  ])
}

function edgesOf(step: Step, catalog: StepCatalog): readonly GraphEdge[] {
  const from = step.id
  const type = catalog.get(step.type)
  const jumps = (type?.jumps(step.config) ?? []).map(
    ({ to, kind, label }): GraphEdge => ({ from, to, kind: kind ?? 'branch', label: label ?? null }),
  )
  const branches = jumps.filter(({ kind }) => kind === 'branch')
  const others = jumps.filter(({ kind }) => kind !== 'branch')
  const onError: readonly GraphEdge[] =
    step.on_error === null ? [] : [{ from, to: step.on_error, kind: 'error', label: null }]
  return [...branches, ...nextOf(step, catalog), ...others, ...onError]
}

function nextOf(step: Step, catalog: StepCatalog): readonly GraphEdge[] {
  const type = catalog.get(step.type)
  const way = { from: step.id, to: step.next }
  if (type?.behavior === 'fork') return [...into(step, type.holds), ...past(step, type.holds)]
  if (type?.decidesNext?.(step.config) === true) {
    return step.when === null ? [] : [{ ...way, kind: 'branch', label: 'skipped' }]
  }
  const label = type?.nextLabel?.(step.config) ?? null
  return [{ ...way, kind: label === null ? 'next' : 'branch', label }]
}

/** From a step to the first ones inside it, each under the name of its branch. */
function into({ id, blocks = [] }: Step, holds: ForkStepType<unknown>['holds']): readonly GraphEdge[] {
  return blocks.map(({ name, start }) => ({
    from: id,
    to: start,
    kind: 'inside',
    label: holds === 'branches' ? name : 'each item',
  }))
}

/** A step goes past what is inside it where it is skipped, or has no items to do it for. */
function past({ id, next, when }: Step, holds: ForkStepType<unknown>['holds']): readonly GraphEdge[] {
  const reasons = [...(when === null ? [] : ['skipped']), ...(holds === 'steps' ? ['no items'] : [])]
  return reasons.length === 0 ? [] : [{ from: id, to: next, kind: 'branch', label: reasons.join(' or ') }]
}
