'use client'
import { useContext, useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import type { Connection } from './live.ts'
import { LiveContext } from './live-context.ts'

export interface LiveEvent {
  readonly run_id: string
  /** As in `RunEventEntry`. */
  readonly type: string
}

/**
 * Calls `onEvents` within 150 ms of what happens to runs, once for all that happened together; and with nothing after the
 * connection came back, because then it is time to look for oneself. With `runId` only about that run.
 */
export function useLive(
  onEvents: (events: readonly LiveEvent[]) => void,
  { runId }: { readonly runId?: string } = {},
): void {
  const live = useContext(LiveContext)
  const handle = useEffectEvent(onEvents)
  useEffect(
    () =>
      live.subscribe((events) => {
        const mine = runId === undefined ? events : events.filter((event) => event.run_id === runId)
        if (mine.length > 0 || events.length === 0) handle(mine)
      }),
    [live, runId],
  )
}

/** How this tab is connected. `open` until there was time to connect, so that nothing flashes while a page loads. */
export function useConnection(): Connection {
  const live = useContext(LiveContext)
  return useSyncExternalStore(live.onConnection, live.connection, () => 'open')
}
