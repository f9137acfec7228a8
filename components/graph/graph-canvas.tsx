'use client'
import '@xyflow/react/dist/base.css'
import { type EdgeTypes, type NodeTypes, ReactFlow, ReactFlowProvider } from '@xyflow/react'
import { clsx } from 'clsx'
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { WorkflowGraph } from '#lib/workflow/graph.ts'
import { type CanvasState, CanvasStateProvider } from './canvas-state.ts'
import { EndNode } from './end-node.tsx'
import { toFlow } from './flow-nodes.ts'
import type { GraphProps } from './graph-props.ts'
import { layoutGraph } from './layout.ts'
import { StepNode } from './step-node.tsx'
import { useFit } from './use-fit.ts'
import { WayEdge } from './way-edge.tsx'
import { ZoomButtons } from './zoom-buttons.tsx'

export type CanvasProps = GraphProps

const NODE_TYPES: NodeTypes = { step: StepNode, end: EndNode }
const EDGE_TYPES: EdgeTypes = { way: WayEdge }
/** Below this all are drawn at once, so that moving about shows no gaps. */
const MANY = 60

export const GraphCanvas = memo(function GraphCanvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  )
})

function Canvas({ graph, selected = null, onSelect, marks, taken, problems, stale }: CanvasProps) {
  const { layout, nodes, edges } = useLayout(graph)
  const frame = useRef<HTMLElement>(null)
  const { show, fit, reveal, onMoved } = useFit(frame, layout)
  const [chosen, setActive] = useState<string | null>(null)
  const focusNext = useRef(false)
  const known = graph.nodes.some(({ id }) => id === chosen)
  const active = (known ? chosen : selected) ?? graph.start
  const order = useMemo(
    () =>
      layout.nodes
        .filter(({ id }) => graph.nodes.some((node) => node.id === id))
        .toSorted((a, b) => a.y - b.y || a.x - b.x)
        .map(({ id }) => id),
    [layout, graph],
  )
  const onActive = useCallback(
    (step: string, move: boolean) => {
      setActive(step)
      if (!move) return
      focusNext.current = true
      reveal(step)
    },
    [reveal],
  )
  const takeFocus = useCallback(() => {
    const wanted = focusNext.current
    focusNext.current = false
    return wanted
  }, [])
  const state = useMemo(
    (): CanvasState => ({
      selected,
      onSelect,
      marks,
      taken,
      problems,
      stale,
      start: graph.start,
      order,
      active,
      onActive,
      takeFocus,
    }),
    [selected, onSelect, marks, taken, problems, stale, graph.start, order, active, onActive, takeFocus],
  )
  const ordered = useMemo(
    () => (taken ? edges.map((edge) => (taken.has(edge.id) ? { ...edge, zIndex: 1 } : edge)) : edges),
    [edges, taken],
  )
  useEffect(() => {
    if (selected !== null) reveal(selected)
  }, [selected, reveal])

  return (
    <section ref={frame} aria-label="Graph of the workflow" className="absolute inset-0" dir="ltr">
      <CanvasStateProvider value={state}>
        <ReactFlow
          nodes={nodes}
          edges={ordered}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          onInit={show}
          onMoveEnd={onMoved}
          minZoom={0.1}
          maxZoom={1.6}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          panOnScroll
          // It would take keys from the whole page, the space from a text beside the graph among them.
          panActivationKeyCode={null}
          selectionKeyCode={null}
          deleteKeyCode={null}
          multiSelectionKeyCode={null}
          zoomActivationKeyCode={null}
          disableKeyboardA11y
          zoomOnDoubleClick={false}
          onlyRenderVisibleElements={graph.nodes.length > MANY}
          attributionPosition="bottom-left"
          className={clsx(
            '[--xy-attribution-background-color:transparent] [&_a[href*=reactflow]]:p-1 [&_a[href*=reactflow]]:text-ink-subtle!',
            stale && '[&_.react-flow__viewport]:opacity-80',
          )}
        >
          <ZoomButtons onFit={fit} />
        </ReactFlow>
      </CanvasStateProvider>
    </section>
  )
}

/** A text that is typed gives a new graph with each pause, mostly an equal one: then nothing is placed anew. */
function useLayout(graph: WorkflowGraph) {
  const shape = JSON.stringify(graph)
  return useMemo(() => {
    const same: WorkflowGraph = JSON.parse(shape)
    const layout = layoutGraph(same)
    return { layout, ...toFlow(same, layout) }
  }, [shape])
}
