'use client'
import { useEffect } from 'react'

const QUESTION = 'You have changes that are not saved. Leave without them?'

/** Asks before a person walks away from unsaved work: by closing the tab, reloading, or following a link in the page. */
export function useUnsavedGuard(dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault()
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null
      if (!(link instanceof HTMLAnchorElement)) return
      const leaves = link.target !== '_blank' && !event.metaKey && !event.ctrlKey && link.pathname !== location.pathname
      if (leaves && !window.confirm(QUESTION)) {
        event.preventDefault()
        event.stopPropagation()
      }
    }
    window.addEventListener('beforeunload', onUnload)
    document.addEventListener('click', onClick, true)
    return () => {
      window.removeEventListener('beforeunload', onUnload)
      document.removeEventListener('click', onClick, true)
    }
  }, [dirty])
}
