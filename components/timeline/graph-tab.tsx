'use client'
import { useMemo } from 'react'
import { LazyGraph } from '#components/graph/lazy-graph.tsx'
import type { RunDetail } from '#lib/contracts/runs.ts'
import { takenPath } from './taken-path.ts'

interface GraphTabProps {
  readonly run: Pick<RunDetail, 'graph' | 'steps' | 'status'>
  readonly selected: string | null
  /** A step that was reached. */
  readonly onStep: (step: string) => void
}

/** The workflow with the way this run took through it. */
export function GraphTab({ run, selected, onStep }: GraphTabProps) {
  const { marks, taken } = useMemo(() => takenPath(run), [run])
  return (
    <LazyGraph
      graph={run.graph}
      marks={marks}
      taken={taken}
      selected={selected}
      onSelect={(step) => {
        if (marks.has(step)) onStep(step)
      }}
      className="h-[max(26rem,calc(100dvh-22rem))] rounded-lg border"
    />
  )
}
