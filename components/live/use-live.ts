'use client'
import { useContext, useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import { LiveContext } from './live-provider.tsx'

export interface LiveEvent {
  readonly run_id: string
  /** As in `RunEventEntry`. */
  readonly type: string
}

/**
 * Calls `onEvents` within 150 ms of what happens to runs, several at once where several happened; and with nothing after
 * the connection came back, because then it is time to look for oneself. With `runId` only about that run.
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

/** Whether events arrive now. True until there was time to connect, so that nothing flashes while a page loads. */
export function useLiveConnected(): boolean {
  const live = useContext(LiveContext)
  return useSyncExternalStore(live.onConnection, live.connected, () => true)
}
