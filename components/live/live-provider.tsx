'use client'
import { type ReactNode, useEffect, useState } from 'react'
import { createLive } from './live.ts'
import { LiveContext } from './live-context.ts'
import { ReconnectBanner } from './reconnect-banner.tsx'

interface LiveProviderProps {
  /** Where the stream of events was when the page was read. */
  readonly position: string | null
  readonly children: ReactNode
}

/** Holds this tab's part in the one event stream of the browser, and says when it is cut off. */
export function LiveProvider({ position, children }: LiveProviderProps) {
  const [live] = useState(() => createLive(position))
  useEffect(() => live.start(), [live])
  return (
    <LiveContext value={live}>
      {children}
      <ReconnectBanner />
    </LiveContext>
  )
}
