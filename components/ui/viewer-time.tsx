'use client'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { isTimeZone } from '#lib/zone-time.ts'
import { browserZone, tellZone } from './own-zone.ts'

/** With what zone and clock the server rendered. The browser's own count from when the page is hydrated. */
interface Rendered {
  readonly zone: string
  readonly now: number
}

const RenderedWith = createContext<Rendered | null>(null)

interface ViewerTimeProps extends Rendered {
  readonly children: ReactNode
}

/**
 * Lets times stand in the viewer's zone from the first paint on: the server renders in the zone it knows, and where that is
 * not the browser's, a cookie tells it for the next time.
 */
export function ViewerTime({ zone: given, now, children }: ViewerTimeProps) {
  // A server may know more zones than a browser.
  const zone = isTimeZone(given) ? given : 'UTC'
  useEffect(() => {
    const own = browserZone()
    if (own !== zone) tellZone(own)
  }, [zone])
  const rendered = useMemo(() => ({ zone, now }), [zone, now])
  return <RenderedWith value={rendered}>{children}</RenderedWith>
}

/** The viewer's zone; until the page is hydrated the one the server rendered in. */
export function useZone(): string {
  const rendered = useContext(RenderedWith)
  return useSyncExternalStore(never, browserZone, () => rendered?.zone ?? 'UTC')
}

/** The instant it is, kept up to date; until the page is hydrated the one the server rendered at. */
export function useClock(): number {
  const rendered = useContext(RenderedWith)
  const hydrated = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 15_000)
    return () => clearInterval(timer)
  }, [])
  return hydrated || rendered === null ? now : rendered.now
}

const unsubscribe = () => {}
const never = () => unsubscribe
