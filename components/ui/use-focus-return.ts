'use client'
import { useRef } from 'react'

/**
 * For a dialog's content: gives the focus back, when it closes, to what had it before. The library does so for triggers
 * of its own only; ours open by a key, a menu or a button elsewhere on the page.
 */
export function useFocusReturn() {
  const before = useRef<Element | null>(null)
  return {
    onOpenAutoFocus: () => {
      before.current = document.activeElement
    },
    onCloseAutoFocus: (event: Event) => {
      const target = before.current
      // What opened it may be gone by now.
      if (!(target instanceof HTMLElement) || !target.isConnected) return
      event.preventDefault()
      target.focus()
    },
  }
}
