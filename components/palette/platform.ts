'use client'
import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** The keys that open the palette, as this keyboard has them. The server cannot know and says Ctrl. */
export function usePaletteKeys(): readonly string[] {
  return useSyncExternalStore(
    never,
    () => (isApple() ? APPLE : OTHER),
    () => OTHER,
  )
}

const APPLE = ['⌘', 'K']
const OTHER = ['Ctrl', 'K']
const isApple = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent)
