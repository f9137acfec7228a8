/** One server-sent event: `id` comes back as `Last-Event-ID` when the client reconnects. */
export interface StreamEvent {
  readonly id: string
  readonly data: unknown
}

export interface SseOptions {
  /** A comment this often, so that proxies and clients see that the stream lives. */
  readonly heartbeatMs: number
  /** The stream ends after this long and the client comes again: rights are checked anew. */
  readonly maxMs: number
  /** Where the stream begins: a client that is cut off before its first event comes back with this. */
  readonly startId?: string
}

const DEFAULTS: SseOptions = { heartbeatMs: 15_000, maxMs: 15 * 60_000 }

/**
 * Streams events as `text/event-stream`. They are pulled only as fast as the client reads. `abort` is fired when the client
 * goes or the time is up; the events must end then.
 */
export function sseResponse(
  request: Request,
  events: AsyncGenerator<StreamEvent, void, undefined>,
  abort: AbortController,
  given: Partial<SseOptions> = {},
): Response {
  const options = { ...DEFAULTS, ...given }
  const encoder = new TextEncoder()
  const timers: NodeJS.Timeout[] = []
  const end = (): void => {
    for (const timer of timers) clearTimeout(timer)
    abort.abort()
  }
  request.signal.addEventListener('abort', end, { once: true })
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      // The first bytes tell the client that the stream is open, and when to come again: after two seconds.
      const start = options.startId === undefined ? '' : `id: ${options.startId}\n`
      controller.enqueue(encoder.encode(`retry: 2000\n${start}\n`))
      const beat = (): void => {
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(': still here\n\n'))
      }
      timers.push(setInterval(beat, options.heartbeatMs), setTimeout(end, options.maxMs))
    },
    async pull(controller) {
      try {
        const { done, value } = await events.next()
        if (!done) {
          controller.enqueue(encoder.encode(format(value)))
          return
        }
        end()
        controller.close()
      } catch (error) {
        end()
        controller.error(error)
      }
    },
    async cancel() {
      end()
      await events.return()
    },
  })
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}

function format({ id, data }: StreamEvent): string {
  return `id: ${id}\ndata: ${JSON.stringify(data)}\n\n`
}
