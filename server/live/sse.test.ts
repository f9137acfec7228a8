import { describe, expect, it } from 'vitest'
import { type SseOptions, type StreamEvent, sseResponse } from './sse.ts'

const FOREVER: Partial<SseOptions> = { heartbeatMs: 60_000, maxMs: 60_000 }

/** Events that wait for the abort once the given ones are sent. */
async function* events(
  abort: AbortController,
  ids: readonly string[],
  ended: () => void = () => {},
): AsyncGenerator<StreamEvent, void, undefined> {
  try {
    for (const id of ids) yield { id, data: { text: `line\n${id}` } }
    await new Promise<void>((resolve) => {
      if (abort.signal.aborted) resolve()
      abort.signal.addEventListener('abort', () => resolve())
    })
  } finally {
    ended()
  }
}

function open(ids: readonly string[], options = FOREVER, request = new Request('http://test.invalid')) {
  const abort = new AbortController()
  let over = false
  const response = sseResponse(
    request,
    events(abort, ids, () => {
      over = true
    }),
    abort,
    options,
  )
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  const read = async () => {
    const { done, value } = await reader.read()
    return done ? null : new TextDecoder().decode(value)
  }
  return { abort, response, reader, read, isOver: () => over }
}

describe('a stream of events', () => {
  it('is an event stream that nobody stores, compresses or buffers', () => {
    const { response, reader } = open([])
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    expect(response.headers.get('cache-control')).toBe('no-store, no-transform')
    return reader.cancel()
  })

  it('sends each event with its id, a line break never breaking the frame', async () => {
    const { read, reader } = open(['1', '2'])
    expect(await read()).toBe('retry: 2000\n\n')
    expect(await read()).toBe('id: 1\ndata: {"text":"line\\n1"}\n\n')
    expect(await read()).toBe('id: 2\ndata: {"text":"line\\n2"}\n\n')
    await reader.cancel()
  })

  it('says where it begins before anything happens', async () => {
    const { read, reader } = open([], { ...FOREVER, startId: '120-118' })
    expect(await read()).toBe('retry: 2000\nid: 120-118\n\n')
    await reader.cancel()
  })

  it('beats while nothing happens', async () => {
    const { read, reader } = open([], { ...FOREVER, heartbeatMs: 5 })
    await read()
    expect(await read()).toBe(': still here\n\n')
    await reader.cancel()
  })

  it('ends its source when the reader goes', async () => {
    const { read, reader, abort, isOver } = open(['1'])
    await read()
    await reader.cancel()
    expect([abort.signal.aborted, isOver()]).toEqual([true, true])
  })

  it('ends its source when the request is aborted', async () => {
    const gone = new AbortController()
    const { read, abort } = open(['1'], FOREVER, new Request('http://test.invalid', { signal: gone.signal }))
    await read()
    await read()
    gone.abort()
    expect(abort.signal.aborted).toBe(true)
    expect(await read()).toBeNull()
  })

  it('ends after a while, so that rights are checked anew', async () => {
    const { read } = open([], { ...FOREVER, maxMs: 5 })
    await read()
    expect(await read()).toBeNull()
  })
})
