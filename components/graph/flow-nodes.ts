import { type Edge, type Node, Position } from '@xyflow/react'
import type { GraphNode, WorkflowGraph } from '#lib/workflow/graph.ts'
import type { Drawn, GraphLayout } from './layout.ts'
import { END } from './ways.ts'

export type StepFlowNode = Node<{ readonly node: GraphNode }, 'step'>
export type EndFlowNode = Node<Record<string, never>, 'end'>
export type FlowNode = StepFlowNode | EndFlowNode
export type WayFlowEdge = Edge<{ readonly drawn: Drawn }, 'way'>

/** The layout in the terms of the library. */
export function toFlow(
  graph: WorkflowGraph,
  layout: GraphLayout,
): { readonly nodes: FlowNode[]; readonly edges: WayFlowEdge[] } {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]))
  const nodes = layout.nodes.flatMap(({ id, x, y, width, height }): FlowNode[] => {
    const place = {
      id,
      position: { x, y },
      width,
      height,
      sourcePosition: Position.Bottom,
      targetPosition: Position.Top,
    }
    const node = byId.get(id)
    if (id === END) return [{ ...place, type: 'end', data: {} }]
    return node ? [{ ...place, type: 'step', data: { node } }] : []
  })
  const edges = layout.edges.map(
    (drawn): WayFlowEdge => ({
      id: drawn.way.key,
      source: drawn.way.from,
      target: drawn.way.to,
      type: 'way',
      data: { drawn },
    }),
  )
  return { nodes, edges }
}
