'use client'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { StepSummary } from '#lib/contracts/run-steps.ts'
import { attemptKey } from './merge-run.ts'

const ROW_HEIGHT = 36
const ROW_HEIGHT_NARROW = 44
/** Pixels: the list is then narrower than `@md`. */
const NARROW = 448

interface ManyRowsProps {
  readonly steps: readonly StepSummary[]
  readonly selected: StepSummary | null
  readonly row: (step: StepSummary) => ReactNode
}

/** Only what is in sight is there; the page itself scrolls. */
export function ManyRows({ steps, selected, row }: ManyRowsProps) {
  const list = useRef<HTMLOListElement>(null)
  const [offset, setOffset] = useState(0)
  const [narrow, setNarrow] = useState(false)
  useLayoutEffect(() => {
    const measure = () => {
      setOffset((list.current?.getBoundingClientRect().top ?? 0) + window.scrollY)
      setNarrow((list.current?.offsetWidth ?? 1_000) < NARROW)
    }
    measure()
    window.addEventListener('resize', measure)
    return () => window.removeEventListener('resize', measure)
  }, [])
  const height = narrow ? ROW_HEIGHT_NARROW : ROW_HEIGHT
  const virtualizer = useWindowVirtualizer({
    count: steps.length,
    estimateSize: () => height,
    overscan: 12,
    scrollMargin: offset,
    initialRect: { width: 1_280, height: 900 },
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows change their height with the width of the window
  useEffect(() => virtualizer.measure(), [height])
  const at = selected === null ? -1 : steps.indexOf(selected)
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when the selection moves, not when the list is measured
  useEffect(() => {
    if (at >= 0) virtualizer.scrollToIndex(at, { align: 'auto' })
  }, [at])
  return (
    <ol
      ref={list}
      aria-label={`${steps.length} attempts`}
      style={{ height: virtualizer.getTotalSize() }}
      className="relative"
    >
      {virtualizer.getVirtualItems().map((item) => {
        const step = steps[item.index]
        if (!step) return null
        return (
          <li
            key={attemptKey(step)}
            aria-setsize={steps.length}
            aria-posinset={item.index + 1}
            style={{ transform: `translateY(${item.start - offset}px)` }}
            className="absolute inset-x-0 top-0 border-b border-line/60"
          >
            {row(step)}
          </li>
        )
      })}
    </ol>
  )
}
