'use client'
import type { LucideIcon } from 'lucide-react'
import { useEffect, useId, useRef } from 'react'
import { offerActions } from './action-registry.ts'

/** Something the page at hand can do, offered first in the command palette. */
export interface PaletteAction {
  /** Stable, and unique in the page. */
  readonly id: string
  readonly label: string
  readonly icon?: LucideIcon
  /** Further words it is found by. */
  readonly keywords?: string
  run(): void
}

/** Adds the page's own actions to the command palette for as long as the page is shown. */
export function usePaletteActions(actions: readonly PaletteAction[]): void {
  const owner = useId()
  const latest = useRef(actions)
  useEffect(() => {
    latest.current = actions
  })
  // Read when the palette opens, so that a new array with each render costs nothing. A ref, because the palette reads
  // while it renders, which an effect event does not allow.
  useEffect(() => offerActions(owner, () => latest.current), [owner])
}
