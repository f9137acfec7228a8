'use client'
import { Handle, type NodeProps, Position } from '@xyflow/react'
import { clsx } from 'clsx'
import { CircleAlert, Flag } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { StatusIcon } from '#components/runs/status.tsx'
import { stepLook } from '#components/workflows/step-look.ts'
import { useCanvasState } from './canvas-state.ts'
import type { StepFlowNode } from './flow-nodes.ts'

/** A step: one stop for Tab in the whole graph, arrows go from step to step, Enter chooses. */
export function StepNode({ data }: NodeProps<StepFlowNode>) {
  const { node } = data
  const { selected, active, marks, problems, stale, start, order, onSelect, onActive, takeFocus } = useCanvasState()
  const button = useRef<HTMLButtonElement>(null)
  const mark = marks?.get(node.id)
  const isActive = active === node.id
  const isSelected = selected === node.id
  const wrong = problems?.has(node.id) === true
  useEffect(() => {
    if (isActive && takeFocus()) button.current?.focus({ preventScroll: true })
  }, [isActive, takeFocus])
  const { icon: Icon, label } = stepLook(node.type)
  return (
    <>
      <Hidden />
      <button
        ref={button}
        type="button"
        tabIndex={isActive ? 0 : -1}
        aria-current={isSelected ? 'true' : undefined}
        title={node.name ?? node.id}
        onClick={() => onSelect?.(node.id)}
        onFocus={() => onActive(node.id, false)}
        onKeyDown={(event) => {
          const to = neighbour(order, node.id, event.key)
          if (to === undefined) return
          event.preventDefault()
          event.stopPropagation()
          onActive(to, true)
        }}
        // Of nodes that are neither dragged nor selected the library lets clicks through.
        className={clsx(
          'nopan pointer-events-auto flex h-full w-full items-center gap-2.5 rounded-lg border bg-surface ps-2.5 pe-2 text-start shadow-raised transition-colors',
          onSelect ? 'cursor-pointer hover:border-ink-subtle' : 'cursor-default',
          isSelected && 'border-accent ring-2 ring-accent',
          !isSelected && wrong && 'border-bad',
          !isSelected && !wrong && look(mark?.status),
          stale && 'border-dashed',
        )}
      >
        <span className="grid size-8 shrink-0 place-items-center rounded-md bg-hover text-ink-muted">
          <Icon aria-hidden="true" className="size-4" />
        </span>
        <span className="min-w-0 flex-1 leading-tight">
          <span dir="auto" className={clsx('block truncate text-[0.8125rem] font-medium', stale && 'text-ink-muted')}>
            {node.name ?? node.id}
          </span>
          <span className="mt-0.5 flex items-center gap-1 truncate text-xs text-ink-subtle">
            {label}
            {node.id === start && (
              <>
                <span aria-hidden="true">·</span>
                <Flag aria-hidden="true" className="size-3" />
                start
              </>
            )}
          </span>
        </span>
        {mark && mark.visits > 1 && (
          <span className="tabular text-xs font-medium text-ink-muted">
            ×{mark.visits}
            <span className="sr-only"> visits</span>
          </span>
        )}
        {mark && mark.status !== 'pending' && <StatusIcon status={mark.status} />}
        {wrong && (
          <>
            <CircleAlert aria-hidden="true" className="size-4 shrink-0 text-bad" />
            <span className="sr-only">has errors</span>
          </>
        )}
      </button>
      <Hidden source />
    </>
  )
}

/** The library draws a line only between handles; nobody else needs them here. */
export function Hidden({ source = false }: { readonly source?: boolean }) {
  return (
    <Handle
      type={source ? 'source' : 'target'}
      position={source ? Position.Bottom : Position.Top}
      isConnectable={false}
      className="pointer-events-none opacity-0"
    />
  )
}

function look(status: string | undefined): string {
  if (status === 'running') return 'border-info'
  if (status === 'waiting') return 'border-warn'
  if (status === 'failed') return 'border-bad'
  if (status === 'pending' || status === 'skipped') return 'border-dashed border-control'
  return 'border-control/60'
}

function neighbour(order: readonly string[], id: string, key: string): string | undefined {
  const at = order.indexOf(id)
  if (key === 'ArrowDown' || key === 'ArrowRight') return order[Math.min(at + 1, order.length - 1)]
  if (key === 'ArrowUp' || key === 'ArrowLeft') return order[Math.max(at - 1, 0)]
  if (key === 'Home') return order[0]
  if (key === 'End') return order.at(-1)
  return undefined
}
