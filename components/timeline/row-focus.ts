'use client'
import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react'

const ROWS = '[data-attempt]'

/** Arrows go from row to row; while an attempt is open, they open the row they come to. */
export function walk(event: KeyboardEvent<HTMLElement>, open: boolean): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  const row = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>(ROWS) : null
  if (by === 0 || row === null || event.metaKey || event.ctrlKey || event.altKey || event.shiftKey) return
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>(ROWS)]
  const next = rows[rows.indexOf(row) + by]
  event.preventDefault()
  if (!next) return
  next.focus()
  if (open) next.click()
}

/**
 * Keeps the row of the attempt that is open in sight. The focus goes along when it is on a row, and comes back to the row
 * when what had it is gone with the attempt.
 */
export function useRowFocus(list: RefObject<HTMLElement | null>, selected: string | null): void {
  const before = useRef(selected)
  useEffect(() => {
    const last = before.current
    before.current = selected
    if (selected === last) return
    const row = list.current?.querySelector<HTMLElement>(`[data-attempt="${CSS.escape(selected ?? last ?? '')}"]`)
    if (!row) return
    const { activeElement } = document
    if (selected !== null) row.scrollIntoView({ block: 'nearest' })
    if (activeElement === document.body || activeElement?.matches(ROWS)) row.focus({ preventScroll: selected === null })
  }, [list, selected])
}
