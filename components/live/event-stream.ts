import type { LiveEvent } from './use-live.ts'

export interface StreamHandlers {
  readonly onOpen: () => void
  /** Bytes came that carry no event: the server is there. */
  readonly onBeat: () => void
  readonly onEvents: (events: readonly LiveEvent[], position: string | null) => void
  readonly onEnd: (why: 'over' | 'lost' | 'refused') => void
}

/**
 * Reads a stream of server-sent events until the answered function is called. Not an `EventSource`: that cannot resume
 * where another tab was, does not see the server's beats and cannot tell a refusal from a lost connection.
 */
export function openStream(url: string, after: string | null, handlers: StreamHandlers): () => void {
  const abort = new AbortController()
  void follow(url, after, handlers, abort.signal).then((why) => {
    if (!abort.signal.aborted) handlers.onEnd(why)
  })
  return () => abort.abort()
}

async function follow(url: string, after: string | null, handlers: StreamHandlers, signal: AbortSignal) {
  try {
    const response = await fetch(url, {
      headers: { accept: 'text/event-stream', ...(after === null ? {} : { 'last-event-id': after }) },
      cache: 'no-store',
      signal,
    })
    if (response.status === 401 || response.status === 403) return 'refused'
    if (!response.ok || !response.body) return 'lost'
    handlers.onOpen()
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    let rest = ''
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return 'over'
      const parsed = parseFrames(rest + value)
      rest = parsed.rest
      if (parsed.events.length > 0 || parsed.position !== null) handlers.onEvents(parsed.events, parsed.position)
      else handlers.onBeat()
    }
  } catch {
    return 'lost'
  }
}

/** The complete frames of a piece of stream as our server writes it, and what is left for the next piece. */
export function parseFrames(text: string): { events: LiveEvent[]; position: string | null; rest: string } {
  const frames = text.split('\n\n')
  const rest = frames.pop() ?? ''
  const events: LiveEvent[] = []
  let position: string | null = null
  for (const frame of frames) {
    for (const line of frame.split('\n')) {
      if (line.startsWith('id: ')) position = line.slice(4)
      if (line.startsWith('data: ')) {
        const { run_id, type }: LiveEvent = JSON.parse(line.slice(6))
        events.push({ run_id, type })
      }
    }
  }
  return { events, position, rest }
}
