'use client'
import { useEffect, useEffectEvent, useState } from 'react'

/** Several events of one commit arrive together; one look at the run covers them all. */
const COALESCE_MS = 120

/**
 * Calls `onChange` when the run has moved on; answers whether events arrive. The stream is closed while the tab is
 * hidden: browsers allow six connections to a server, and tabs that nobody sees would use them up.
 */
export function useRunEvents(runId: string, live: boolean, onChange: () => void): boolean {
  const [connected, setConnected] = useState(true)
  const changed = useEffectEvent(onChange)

  useEffect(() => {
    if (!live) return
    let source: EventSource | null = null
    let timer: ReturnType<typeof setTimeout> | null = null
    const look = () => {
      timer ??= setTimeout(() => {
        timer = null
        changed()
      }, COALESCE_MS)
    }
    const open = () => {
      if (source || document.hidden) return
      source = new EventSource(`/api/v1/executions/${encodeURIComponent(runId)}/events`)
      // Whatever happened while there was no stream is seen by looking once.
      source.onopen = () => {
        setConnected(true)
        look()
      }
      source.onmessage = look
      source.onerror = () => setConnected(false)
    }
    const close = () => {
      source?.close()
      source = null
    }
    const onVisibility = () => (document.hidden ? close() : open())
    open()
    document.addEventListener('visibilitychange', onVisibility)
    return () => {
      document.removeEventListener('visibilitychange', onVisibility)
      close()
      if (timer !== null) clearTimeout(timer)
    }
  }, [runId, live])

  return connected || !live
}
