'use client'
import { EdgeLabelRenderer, type EdgeProps } from '@xyflow/react'
import { clsx } from 'clsx'
import { useCanvasState } from './canvas-state.ts'
import type { WayFlowEdge } from './flow-nodes.ts'
import { type Drawn, LABEL_MAX } from './layout.ts'

/** One way from step to step: dashed where it is no plain way on, strong where a run took it, and named where there is a choice. */
export function WayEdge({ data }: EdgeProps<WayFlowEdge>) {
  const { taken, stale, selected } = useCanvasState()
  if (!data) return null
  const { way, path, tip, label } = data.drawn
  const wasTaken = taken?.has(way.key) === true
  const faint = stale || (taken !== undefined && !wasTaken)
  const atSelected = selected === way.from || selected === way.to
  const stroke = wasTaken
    ? 'stroke-accent'
    : way.bad && !faint
      ? 'stroke-bad'
      : atSelected
        ? 'stroke-ink-muted'
        : 'stroke-control'
  const fill = wasTaken
    ? 'fill-accent'
    : way.bad && !faint
      ? 'fill-bad'
      : atSelected
        ? 'fill-ink-muted'
        : 'fill-control'
  return (
    <>
      <path
        d={path}
        fill="none"
        strokeWidth={wasTaken ? 2.25 : 1.25}
        strokeDasharray={way.detour ? '5 4' : undefined}
        className={clsx(stroke, faint && 'opacity-60')}
      />
      <path d={arrow(tip)} className={clsx(fill, faint && 'opacity-60')} />
      {label && way.words !== null && (
        <EdgeLabelRenderer>
          <span
            aria-hidden="true"
            title={way.words}
            dir="auto"
            style={{
              transform: `translate(-50%, -50%) translate(${label.x}px, ${label.y}px)`,
              maxWidth: LABEL_MAX,
            }}
            className={clsx(
              // Ways that were taken lie above the others, and still below what is said of them.
              'nopan pointer-events-auto absolute z-10 truncate rounded bg-sunken px-1.5 text-xs leading-5',
              wasTaken ? 'font-medium text-accent-ink' : way.bad && !faint ? 'text-bad' : 'text-ink-muted',
            )}
          >
            {way.words}
          </span>
        </EdgeLabelRenderer>
      )}
    </>
  )
}

function arrow({ x, y, from }: Drawn['tip']): string {
  if (from === 'top') return `M${x} ${y}l-4 -7h8z`
  return from === 'right' ? `M${x} ${y}l7 -4v8z` : `M${x} ${y}l-7 -4v8z`
}
