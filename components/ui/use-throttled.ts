'use client'
import { useCallback, useEffect, useEffectEvent, useRef } from 'react'

/** Calls at once, then no more often than each `ms`, the last call always among them: for looks that events ask for. */
export function useThrottled(call: () => void, ms: number): () => void {
  const latest = useEffectEvent(call)
  const held = useRef<{ timer: ReturnType<typeof setTimeout>; again: boolean } | null>(null)
  const run = useRef<() => void>(() => {})
  useEffect(() => {
    run.current = () => {
      if (held.current) {
        held.current.again = true
        return
      }
      latest()
      const timer = setTimeout(() => {
        const { again } = held.current ?? { again: false }
        held.current = null
        if (again) run.current()
      }, ms)
      held.current = { timer, again: false }
    }
    return () => {
      clearTimeout(held.current?.timer)
      held.current = null
    }
  }, [ms])
  return useCallback(() => run.current(), [])
}
