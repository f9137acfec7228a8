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
}

const DEFAULTS: SseOptions = { heartbeatMs: 15_000, maxMs: 15 * 60_000 }

/**
 * Streams events as `text/event-stream`. The source is pulled only as fast as the client reads, and gets an aborted signal
 * when the client goes, the source ends or the time is up; it must end then.
 */
export function sseResponse(
  request: Request,
  source: (signal: AbortSignal) => AsyncGenerator<StreamEvent, void, undefined>,
  options: SseOptions = DEFAULTS,
): Response {
  const abort = new AbortController()
  const encoder = new TextEncoder()
  const events = source(abort.signal)
  const timers: NodeJS.Timeout[] = []
  const end = (): void => {
    timers.forEach(clearTimeout)
    abort.abort()
  }
  request.signal.addEventListener('abort', end, { once: true })
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      // Two seconds until a reconnect; the first bytes also tell the client that the stream is open.
      controller.enqueue(encoder.encode('retry: 2000\n\n'))
      timers.push(
        setInterval(() => {
          if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(': still here\n\n'))
        }, options.heartbeatMs),
        setTimeout(end, options.maxMs),
      )
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
