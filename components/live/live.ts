import { startLive } from './live-client.ts'
import type { Link } from './live-protocol.ts'
import type { LiveEvent } from './use-live.ts'

/** As it is worth telling a person: short interruptions are none. */
export type Connection = 'open' | 'lost' | 'signed-out'

export interface Live {
  /** Takes part until the answered function is called. */
  start(): () => void
  /** Calls back with what happened, or with nothing when it is time to look for oneself. */
  subscribe(onEvents: (events: readonly LiveEvent[]) => void): () => void
  onConnection(listener: () => void): () => void
  connection(): Connection
}

/** Several events of one commit arrive together; one look covers them all. */
const COALESCE_MS = 120
/** Nobody need know of shorter interruptions. */
const UNNOTICED_MS = 2_000
/** The first connection has to wait until the page is there. */
const FIRST_MS = 8_000

/** This tab's share of the browser's event stream, from `position` on. Does nothing before `start`. */
export function createLive(position: string | null): Live {
  const readers = new Set<(events: readonly LiveEvent[]) => void>()
  const listeners = new Set<() => void>()
  let connection: Connection = 'open'
  let lapse: ReturnType<typeof setTimeout> | undefined
  let gathered: LiveEvent[] = []
  let look = false
  let delivery: ReturnType<typeof setTimeout> | undefined

  const deliver = (events: readonly LiveEvent[]): void => {
    gathered.push(...events)
    look ||= events.length === 0
    delivery ??= setTimeout(() => {
      const batch = gathered
      const alsoLook = look && batch.length > 0
      gathered = []
      look = false
      delivery = undefined
      for (const read of readers) {
        if (alsoLook) read([])
        read(batch)
      }
    }, COALESCE_MS)
  }
  const become = (next: Connection): void => {
    if (next === connection) return
    connection = next
    for (const listener of listeners) listener()
  }
  const onLink = (link: Link): void => {
    clearTimeout(lapse)
    if (link === 'open') become('open')
    else if (link === 'refused') become('signed-out')
    else lapse = setTimeout(() => become('lost'), UNNOTICED_MS)
  }
  const begin = (from: string | null): (() => void) => {
    lapse = setTimeout(() => become('lost'), FIRST_MS)
    const stop = startLive({ position: from, onEvents: deliver, onLink })
    return () => {
      clearTimeout(lapse)
      stop()
    }
  }

  return {
    start() {
      let end = begin(position)
      // A page that the browser keeps for the way back holds no connection; when it is shown again, it looks anew.
      const leave = (): void => end()
      const back = (event: PageTransitionEvent): void => {
        if (!event.persisted) return
        end = begin(null)
        deliver([])
      }
      window.addEventListener('pagehide', leave)
      window.addEventListener('pageshow', back)
      return () => {
        window.removeEventListener('pagehide', leave)
        window.removeEventListener('pageshow', back)
        end()
        clearTimeout(delivery)
        delivery = undefined
      }
    },
    subscribe(onEvents) {
      readers.add(onEvents)
      return () => readers.delete(onEvents)
    },
    onConnection(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    connection: () => connection,
  }
}
