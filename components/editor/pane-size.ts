'use client'
import { type KeyboardEvent, type PointerEvent, useEffect, useState } from 'react'

const KEY = 'scaff:editor:pane'
/** In percent of the editor's width. */
const SMALLEST = 24
const LARGEST = 64
const USUAL = 40

/** How much of the editor's width the pane beside the text takes; kept in this browser, changed by pointer or arrow keys. */
export function usePaneSize() {
  const [size, setSize] = useState(USUAL)
  useEffect(() => {
    const kept = Number(localStorage.getItem(KEY))
    if (kept >= SMALLEST && kept <= LARGEST) setSize(kept)
  }, [])
  const change = (next: number) => {
    const bounded = Math.round(Math.min(LARGEST, Math.max(SMALLEST, next)))
    setSize(bounded)
    localStorage.setItem(KEY, String(bounded))
  }
  const separator = {
    'aria-valuemin': SMALLEST,
    'aria-valuemax': LARGEST,
    onKeyDown: (event: KeyboardEvent) => {
      const by = { ArrowLeft: 4, ArrowRight: -4 }[event.key]
      if (by === undefined) return
      event.preventDefault()
      change(size + by)
    },
    onPointerDown: (event: PointerEvent<HTMLElement>) => event.currentTarget.setPointerCapture(event.pointerId),
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const frame = event.currentTarget.parentElement?.getBoundingClientRect()
      if (!frame || !event.currentTarget.hasPointerCapture(event.pointerId)) return
      change(((frame.right - event.clientX) / frame.width) * 100)
    },
    onDoubleClick: () => change(USUAL),
  }
  return { size, separator }
}
