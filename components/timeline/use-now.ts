'use client'
import { useEffect, useState } from 'react'

/** The time, each second while `ticking`; `before` until the page runs, because a server's clock is not the viewer's. */
export function useNow(ticking: boolean, before: string): number {
  const [now, setNow] = useState<number | null>(null)
  useEffect(() => {
    setNow(Date.now())
    if (!ticking) return
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [ticking])
  return now ?? Date.parse(before)
}
