'use client'
import { useReactFlow, useStore } from '@xyflow/react'
import { type RefObject, useCallback, useEffect, useRef } from 'react'
import type { GraphLayout } from './layout.ts'

const PADDING = 24
/** Smaller than this cannot be read: a long workflow begins at its top instead. */
const READABLE = 0.62
/** How large a graph is that cannot be seen whole. */
const CUT_OFF = 0.85

/** Where the graph stands in its frame: whole where that can be read, else from the top, until the person moves it. */
export function useFit(frame: RefObject<HTMLElement | null>, layout: GraphLayout) {
  const { setViewport, getViewport } = useReactFlow()
  const width = useStore((state) => state.width)
  const height = useStore((state) => state.height)
  const moved = useRef(false)

  const place = useCallback(
    (smallest: number, duration: number) => {
      const size = frame.current?.getBoundingClientRect()
      if (!size || size.width === 0 || size.height === 0) return
      const across = (size.width - PADDING * 2) / layout.width
      const down = (size.height - PADDING * 2) / layout.height
      const whole = Math.min(1, across, down)
      const zoom = whole >= smallest ? whole : Math.max(smallest, Math.min(CUT_OFF, across))
      const first = layout.nodes[0]
      const wide = layout.width * zoom > size.width - PADDING
      const middle = wide && first ? first.x + first.width / 2 : layout.left + layout.width / 2
      const tall = layout.height * zoom > size.height - PADDING
      const x = size.width / 2 - middle * zoom
      const y = tall ? PADDING : (size.height - layout.height * zoom) / 2
      void setViewport({ x, y, zoom }, { duration })
    },
    [frame, layout, setViewport],
  )
  const show = useCallback(() => place(READABLE, 0), [place])
  const fit = useCallback(() => {
    moved.current = false
    place(0.1, duration())
  }, [place])
  const reveal = useCallback(
    (step: string) => {
      const node = layout.nodes.find(({ id }) => id === step)
      const size = frame.current?.getBoundingClientRect()
      if (!node || !size || size.height === 0) return
      const { x, y, zoom } = getViewport()
      const left = node.x * zoom + x
      const top = node.y * zoom + y
      const seen =
        left >= 0 && top >= 0 && left + node.width * zoom <= size.width && top + node.height * zoom <= size.height
      if (seen) return
      void setViewport(
        {
          x: size.width / 2 - (node.x + node.width / 2) * zoom,
          y: size.height / 2 - (node.y + node.height / 2) * zoom,
          zoom,
        },
        { duration: duration() },
      )
    },
    [frame, layout, getViewport, setViewport],
  )
  const onMoved = useCallback((event: MouseEvent | TouchEvent | null) => {
    if (event !== null) moved.current = true
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a frame of another size is placed anew
  useEffect(() => {
    if (!moved.current) show()
  }, [show, width, height])
  return { show, fit, reveal, onMoved }
}

function duration(): number {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 150
}
