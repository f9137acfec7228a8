'use client'
import { useSyncExternalStore } from 'react'

const QUERY = '(min-width: 900px)'

/** Whether two texts have room beside each other. */
export function useWide(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia(QUERY)
      media.addEventListener('change', changed)
      return () => media.removeEventListener('change', changed)
    },
    () => window.matchMedia(QUERY).matches,
    () => false,
  )
}
