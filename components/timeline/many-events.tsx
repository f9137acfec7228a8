'use client'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { RunEventEntry } from '#lib/contracts/run-events.ts'

const HEIGHT = 36

interface ManyEventsProps {
  readonly events: readonly RunEventEntry[]
  readonly onMore: (() => void) | null
  readonly row: (event: RunEventEntry) => ReactNode
}

/** Only what is in sight is there; the page itself scrolls. */
export function ManyEvents({ events, onMore, row }: ManyEventsProps) {
  const list = useRef<HTMLOListElement>(null)
  const [offset, setOffset] = useState(0)
  useLayoutEffect(() => setOffset((list.current?.getBoundingClientRect().top ?? 0) + window.scrollY), [])
  const virtualizer = useWindowVirtualizer({
    count: events.length,
    estimateSize: () => HEIGHT,
    overscan: 12,
    scrollMargin: offset,
    initialRect: { width: 1_280, height: 900 },
  })
  const items = virtualizer.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= events.length - 50) onMore?.()
  }, [last, events.length, onMore])
  return (
    <ol
      ref={list}
      aria-label={`${events.length} events`}
      style={{ height: virtualizer.getTotalSize() }}
      className="relative"
    >
      {items.map((item) => {
        const event = events[item.index]
        if (!event) return null
        return (
          <li
            key={event.seq}
            aria-setsize={events.length}
            aria-posinset={item.index + 1}
            style={{ transform: `translateY(${item.start - offset}px)` }}
            className="absolute inset-x-0 top-0 border-b border-line/60"
          >
            {row(event)}
          </li>
        )
      })}
    </ol>
  )
}
