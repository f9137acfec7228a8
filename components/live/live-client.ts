import { openStream } from './event-stream.ts'
import { initialLive, type Link, type LiveCommand, type LiveInput, type LiveMessage, live } from './live-protocol.ts'
import type { LiveEvent } from './use-live.ts'

const STREAM = '/api/v1/executions/events'
const NAME = 'scaff-live'
const TICK_MS = 3_000

export interface LiveClientOptions {
  /** Where in the stream the page was read. */
  readonly position: string | null
  readonly onEvents: (events: readonly LiveEvent[]) => void
  readonly onLink: (link: Link) => void
}

/** Runs the protocol of `live-protocol.ts` in this tab, until the answered function is called. */
export function startLive({ position, onEvents, onLink }: LiveClientOptions): () => void {
  let state = initialLive(position, !document.hidden, Date.now())
  let closeStream = () => {}
  let retry: ReturnType<typeof setTimeout> | undefined
  let waiting = new AbortController()
  const stop = new AbortController()
  const { signal } = stop
  // Only pages of a secure origin have locks. Elsewhere each tab leads for itself while it is visible: browsers allow six
  // connections to a server, and tabs that nobody sees would use them up.
  const alone = !('locks' in navigator)
  const channel = alone ? null : new BroadcastChannel(NAME)

  const put = (input: DistributiveOmit<LiveInput, 'at'>): void => {
    if (signal.aborted) return
    const before = state.link
    const [next, commands] = live(state, { ...input, at: Date.now() })
    state = next
    for (const command of commands) act(command)
    if (next.link !== before) onLink(next.link)
  }
  const act = (command: LiveCommand): void => {
    if (command.do === 'open') connect(command.after)
    else if (command.do === 'close') disconnect()
    else if (command.do === 'retry') retry = setTimeout(() => put({ type: 'retry' }), spread(command.ms))
    else if (command.do === 'tell') channel?.postMessage(command.message)
    else if (command.do === 'deliver') onEvents(command.events)
    else void seekLead(true)
  }
  const connect = (after: string | null): void => {
    disconnect()
    closeStream = openStream(STREAM, after, {
      onOpen: () => put({ type: 'opened' }),
      onBeat: () => put({ type: 'beat' }),
      onEvents: (events, at) => put({ type: 'read', events, position: at }),
      onEnd: (why) => put({ type: 'ended', why }),
    })
  }
  const disconnect = (): void => {
    clearTimeout(retry)
    closeStream()
  }
  /** Waits for the lock, or takes it, and holds it until it is taken away or this tab lets go. */
  const seekLead = async (steal: boolean): Promise<void> => {
    waiting.abort()
    waiting = new AbortController()
    const mine = waiting
    try {
      await navigator.locks.request(NAME, steal ? { steal } : { signal: mine.signal }, () => {
        // Granted while this tab was letting go.
        if (signal.aborted) return
        put({ type: 'leads' })
        return new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
      })
    } catch {
      // Taken away by another tab, or given up on by this one.
    }
    if (signal.aborted || mine !== waiting) return
    put({ type: 'deposed' })
    void seekLead(false)
  }

  const onVisibility = (): void => {
    put({ type: document.hidden ? 'hidden' : 'shown' })
    if (alone) put({ type: document.hidden ? 'deposed' : 'leads' })
  }
  const tick = setInterval(() => put({ type: 'tick' }), TICK_MS)
  channel?.addEventListener('message', ({ data }: MessageEvent<LiveMessage>) => put({ type: 'message', message: data }))
  document.addEventListener('visibilitychange', onVisibility, { signal })
  window.addEventListener('online', () => put({ type: 'retry' }), { signal })

  onVisibility()
  if (!alone) void seekLead(false)
  return () => {
    stop.abort()
    waiting.abort()
    clearInterval(tick)
    disconnect()
    channel?.close()
  }
}

/** Not all tabs of all people at the same moment. */
const spread = (ms: number): number => ms * (0.75 + Math.random() / 2)

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never
