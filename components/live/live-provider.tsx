'use client'
import { createContext, type ReactNode } from 'react'
import type { LiveEvent } from './use-live.ts'

export interface Live {
  /** Calls back with what happened, or with nothing when it is time to look for oneself. */
  subscribe(onEvents: (events: readonly LiveEvent[]) => void): () => void
  onConnection(listener: () => void): () => void
  connected(): boolean
}

/** Nothing ever happens: for stories and pages outside the dashboard. */
const SILENT: Live = { subscribe: () => () => {}, onConnection: () => () => {}, connected: () => true }

export const LiveContext = createContext<Live>(SILENT)

export function LiveProvider({ children }: { readonly children: ReactNode }) {
  return <LiveContext value={SILENT}>{children}</LiveContext>
}
