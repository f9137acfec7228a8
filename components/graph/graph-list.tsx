'use client'
import { ChevronRight } from 'lucide-react'
import { memo, useId, useRef } from 'react'
import { statusLabel } from '#components/runs/status.tsx'
import { stepLook } from '#components/workflows/step-look.ts'
import type { GraphEdge, GraphNode, WorkflowGraph } from '#lib/workflow/graph.ts'
import type { GraphProps } from './graph-props.ts'
import { edgeSentence } from './graph-words.ts'

/** All that the graph says, as a list that leads from step to step. */
export const GraphList = memo(function GraphList(props: GraphProps) {
  const { graph } = props
  const base = useId()
  const list = useRef<HTMLOListElement>(null)
  const names = new Map(graph.nodes.map((node) => [node.id, node.name ?? node.id]))
  const ways = edgesByStep(graph)
  const goTo = (id: string) => list.current?.querySelector<HTMLElement>(`[data-step="${CSS.escape(id)}"]`)?.focus()
  return (
    <details className="group shrink-0 border-t bg-surface text-[0.8125rem] open:max-h-[60%] open:overflow-y-auto">
      <summary className="flex h-8 list-none items-center gap-1.5 px-3 text-xs text-ink-muted hover:text-ink group-open:sticky group-open:top-0 group-open:z-10 group-open:border-b group-open:bg-surface [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden="true" className="size-3.5 transition-transform group-open:rotate-90" />
        The graph as a list
      </summary>
      <ol ref={list} className="grid gap-0.5 p-1.5">
        {graph.nodes.map((node) => (
          <li key={node.id} id={`${base}${node.id}`} className="rounded-md px-1.5 py-1">
            <StepLine node={node} {...props} />
            <ul className="ps-6">
              {(ways.get(node.id) ?? []).map((edge, i) => (
                <li
                  // biome-ignore lint/suspicious/noArrayIndexKey: two branches may read alike
                  key={i}
                  className="text-xs text-ink-muted"
                >
                  {edgeSentence(edge)}:{' '}
                  {edge.to === null ? (
                    'the end'
                  ) : (
                    <button
                      type="button"
                      onClick={() => edge.to !== null && goTo(edge.to)}
                      className="inline-flex min-h-6 items-center underline underline-offset-2"
                    >
                      <bdi>{names.get(edge.to)}</bdi>
                    </button>
                  )}
                  {props.taken?.has(`${edge.from}>${edge.to ?? ''}`) && ' (taken)'}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </details>
  )
})

function StepLine({ node, graph, selected, onSelect, marks, problems }: GraphProps & { readonly node: GraphNode }) {
  const { icon: Icon, label } = stepLook(node.type)
  const mark = marks?.get(node.id)
  const facts = [
    label,
    ...(node.id === graph.start ? ['begins here'] : []),
    ...(mark ? [statusLabel(mark.status).toLowerCase()] : []),
    ...(mark && mark.visits > 1 ? [`${mark.visits} visits`] : []),
    ...(problems?.has(node.id) ? ['has errors'] : []),
  ]
  const content = (
    <>
      <Icon aria-hidden="true" className="size-4 shrink-0 text-ink-subtle" />
      <span className="min-w-0 font-medium">
        <bdi>{node.name ?? node.id}</bdi> <span className="font-normal text-ink-subtle">{facts.join(' · ')}</span>
      </span>
    </>
  )
  const look = 'flex min-h-6 items-center gap-2 rounded-sm text-start'
  return onSelect ? (
    <button
      type="button"
      data-step={node.id}
      aria-current={selected === node.id ? 'true' : undefined}
      onClick={() => onSelect(node.id)}
      className={`${look} hover:underline`}
    >
      {content}
    </button>
  ) : (
    <p data-step={node.id} tabIndex={-1} className={look}>
      {content}
    </p>
  )
}

function edgesByStep({ edges }: WorkflowGraph): ReadonlyMap<string, readonly GraphEdge[]> {
  const byStep = new Map<string, GraphEdge[]>()
  for (const edge of edges) byStep.set(edge.from, [...(byStep.get(edge.from) ?? []), edge])
  return byStep
}
