import { createServer, type ServerResponse } from 'node:http'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openStream, parseFrames } from './event-stream.ts'

describe('a piece of an event stream', () => {
  it('gives its events and the place of the last one', () => {
    const text =
      'id: 7\ndata: {"run_id":"run_1","type":"run.started"}\n\nid: 9-8\ndata: {"run_id":"run_2","type":"run.failed"}\n\n'
    expect(parseFrames(text)).toEqual({
      events: [
        { run_id: 'run_1', type: 'run.started' },
        { run_id: 'run_2', type: 'run.failed' },
      ],
      position: '9-8',
      rest: '',
    })
  })

  it('keeps a frame that is not whole for the next piece', () => {
    const whole = 'id: 7\ndata: {"run_id":"run_1","type":"run.started"}\n\n'
    for (let cut = 1; cut < whole.length; cut++) {
      const first = parseFrames(whole.slice(0, cut))
      const second = parseFrames(first.rest + whole.slice(cut))
      expect([...first.events, ...second.events], `cut at ${cut}`).toHaveLength(1)
    }
  })

  it('takes beats and the opening for no event', () => {
    expect(parseFrames(': still here\n\n')).toEqual({ events: [], position: null, rest: '' })
    expect(parseFrames('retry: 2000\nid: 12\n\n')).toEqual({ events: [], position: '12', rest: '' })
  })
})

describe('a stream', () => {
  const server = createServer((request, response) => {
    resumedAt = request.headers['last-event-id'] ?? null
    answer(response)
  })
  let url = ''
  let answer: (response: ServerResponse) => void = () => {}
  let resumedAt: unknown

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    url = `http://127.0.0.1:${address.port}/events`
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  const follow = (after: string | null = null) => {
    const handlers = { onOpen: vi.fn(), onBeat: vi.fn(), onEvents: vi.fn(), onEnd: vi.fn() }
    return { ...handlers, close: openStream(url, after, handlers) }
  }
  /** Answers with the head, and hands over the rest of the answer. */
  const begun = () =>
    new Promise<ServerResponse>((resolve) => {
      answer = (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
        resolve(response)
      }
    })

  it('goes on where it is told, puts cut frames together, and is over when the server ends it', async () => {
    const answered = begun()
    const { onOpen, onEvents, onEnd } = follow('7')
    const response = await answered
    await vi.waitFor(() => expect(onOpen).toHaveBeenCalledOnce())
    expect(resumedAt).toBe('7')
    response.write('id: 8\ndata: {"run_id":"run_1",')
    await new Promise((resolve) => setTimeout(resolve, 20))
    response.write('"type":"run.started"}\n\n')
    await vi.waitFor(() => expect(onEvents).toHaveBeenCalledWith([{ run_id: 'run_1', type: 'run.started' }], '8'))
    response.end()
    await vi.waitFor(() => expect(onEnd).toHaveBeenCalledExactlyOnceWith('over'))
  })

  it('takes bytes without an event for a beat', async () => {
    const answered = begun()
    const { onBeat, onEvents, close } = follow()
    const response = await answered
    response.write(': still here\n\n')
    await vi.waitFor(() => expect(onBeat).toHaveBeenCalled())
    expect([onEvents.mock.calls, resumedAt]).toEqual([[], null])
    close()
  })

  it.each([
    [401, 'refused'],
    [403, 'refused'],
    [429, 'lost'],
    [503, 'lost'],
  ])('that is answered with %d is %s', async (status, why) => {
    answer = (response) => response.writeHead(status).end()
    const { onEnd, onOpen } = follow()
    await vi.waitFor(() => expect(onEnd).toHaveBeenCalledExactlyOnceWith(why))
    expect(onOpen).not.toHaveBeenCalled()
  })

  it('that is cut off is lost', async () => {
    const answered = begun()
    const { onEnd, onOpen } = follow()
    const response = await answered
    await vi.waitFor(() => expect(onOpen).toHaveBeenCalled())
    response.destroy()
    await vi.waitFor(() => expect(onEnd).toHaveBeenCalledExactlyOnceWith('lost'))
  })

  it('lets go of its connection when it is closed, and says no more', async () => {
    const answered = begun()
    const { onEnd, onOpen, close } = follow()
    const response = await answered
    await vi.waitFor(() => expect(onOpen).toHaveBeenCalled())
    const gone = new Promise((resolve) => response.on('close', resolve))
    close()
    await gone
    expect(onEnd).not.toHaveBeenCalled()
  })
})
