import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLive, type Live } from './live.ts'

const frame = (id: number) => `id: ${id}\ndata: {"run_id":"run_${id}","type":"run.completed"}\n\n`
const event = (id: number) => ({ run_id: `run_${id}`, type: 'run.completed' })

/** One question for the stream, as the server sees it. */
interface Asked {
  readonly after: string | undefined
  readonly signal: AbortSignal
  write(text: string): void
  end(): void
}

/** A tab whose origin has no locks, so that it leads for itself, and the network it asks. */
function openTab() {
  const asked: Asked[] = []
  const net = { status: 200, asked, latest: () => asked.at(-1) ?? expect.unreachable('nobody asked') }
  const document = Object.assign(new EventTarget(), { hidden: false })
  const window = new EventTarget()
  vi.stubGlobal('document', document)
  vi.stubGlobal('window', window)
  const locks = vi.fn()
  vi.stubGlobal('navigator', new Proxy({}, { get: (_, name) => name === 'locks' && locks() }))
  vi.stubGlobal('fetch', async (_: string, init: { headers: Record<string, string>; signal: AbortSignal }) => {
    let to: ReadableStreamDefaultController<Uint8Array> | undefined
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        to = controller
      },
    })
    asked.push({
      after: init.headers['last-event-id'],
      signal: init.signal,
      write: (text) => to?.enqueue(new TextEncoder().encode(text)),
      end: () => to?.close(),
    })
    return new Response(net.status === 200 ? body : null, { status: net.status })
  })
  return {
    net,
    window,
    /** Called where locks are asked for that are not there. */
    locks,
    hide(hidden: boolean) {
      document.hidden = hidden
      document.dispatchEvent(new Event('visibilitychange'))
    },
  }
}

const passing = (ms: number) => vi.advanceTimersByTimeAsync(ms)

describe('what a tab hears of runs', () => {
  let tab: ReturnType<typeof openTab>
  let live: Live
  let stop: () => void

  beforeEach(async () => {
    vi.useFakeTimers()
    tab = openTab()
    live = createLive('10')
    stop = live.start()
    await passing(0)
  })
  afterEach(() => {
    stop()
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('is all that happened together in one call, until it is no longer wanted', async () => {
    const read = vi.fn()
    const forget = live.subscribe(read)
    expect(tab.net.latest().after).toBe('10')
    tab.net.latest().write(frame(11))
    tab.net.latest().write(frame(12))
    await passing(150)
    expect(read.mock.calls).toEqual([[[event(11), event(12)]]])
    forget()
    tab.net.latest().write(frame(13))
    await passing(150)
    expect(read).toHaveBeenCalledOnce()
  })

  it('goes on from the last event, with a look for oneself after a gap whatever comes together with it', async () => {
    const read = vi.fn()
    live.subscribe(read)
    tab.net.latest().write(frame(11))
    await passing(150)
    tab.net.status = 503
    tab.net.latest().end()
    await passing(20)
    tab.net.status = 200
    tab.window.dispatchEvent(new Event('online'))
    await passing(0)
    expect(tab.net.latest().after).toBe('11')
    tab.net.latest().write(frame(12))
    await passing(150)
    expect(read.mock.calls).toEqual([[[event(11)]], [[]], [[event(12)]]])
  })

  it('is known to be cut off after two seconds, and no sooner', async () => {
    const listen = vi.fn()
    live.onConnection(listen)
    tab.net.status = 503
    tab.net.latest().end()
    await passing(1_900)
    expect(live.connection()).toBe('open')
    await passing(200)
    expect(live.connection()).toBe('lost')
    tab.net.status = 200
    tab.window.dispatchEvent(new Event('online'))
    await passing(0)
    expect(live.connection()).toBe('open')
    expect(listen).toHaveBeenCalledTimes(2)
  })

  it('is nothing worth a word when the connection is back at once', async () => {
    tab.net.status = 503
    tab.net.latest().end()
    await passing(10)
    tab.net.status = 200
    tab.window.dispatchEvent(new Event('online'))
    await passing(5_000)
    expect(live.connection()).toBe('open')
  })

  it('ends where nobody is signed in any more', async () => {
    tab.net.status = 401
    tab.net.latest().end()
    await passing(0)
    expect(live.connection()).toBe('signed-out')
    const { length } = tab.net.asked
    await passing(60_000)
    expect(tab.net.asked).toHaveLength(length)
  })

  it('holds no connection in a tab that nobody sees, where tabs cannot share one', async () => {
    const first = tab.net.latest()
    tab.hide(true)
    expect(first.signal.aborted).toBe(true)
    await passing(60_000)
    expect(tab.net.asked).toHaveLength(1)
    expect(tab.locks).not.toHaveBeenCalled()
    tab.hide(false)
    await passing(0)
    expect(tab.net.asked).toHaveLength(2)
  })

  it('begins anew in a page that was kept for the way back', async () => {
    const read = vi.fn()
    live.subscribe(read)
    tab.window.dispatchEvent(new Event('pagehide'))
    expect(tab.net.latest().signal.aborted).toBe(true)
    tab.window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }))
    await passing(150)
    expect(tab.net.asked).toHaveLength(2)
    expect(read).toHaveBeenCalledWith([])
  })

  it('is nothing after the tab let go', async () => {
    const read = vi.fn()
    live.subscribe(read)
    tab.net.latest().write(frame(11))
    await passing(10)
    stop()
    expect(tab.net.latest().signal.aborted).toBe(true)
    tab.window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }))
    tab.window.dispatchEvent(new Event('online'))
    await passing(60_000)
    expect(tab.net.asked).toHaveLength(1)
    expect(read).not.toHaveBeenCalled()
  })
})
