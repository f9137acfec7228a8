import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { patiently } from './lazy-part.ts'

let page: EventTarget
const connection = { onLine: true }

beforeEach(() => {
  vi.useFakeTimers()
  page = new EventTarget()
  connection.onLine = true
  vi.stubGlobal('window', page)
  vi.stubGlobal('navigator', connection)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function disconnect(): void {
  connection.onLine = false
}

function connect(): void {
  connection.onLine = true
  page.dispatchEvent(new Event('online'))
}

describe('code that comes after its page', () => {
  it('comes though a request is lost', async () => {
    const load = vi.fn().mockRejectedValueOnce(new Error('lost')).mockResolvedValue('here')
    const coming = patiently(load)
    await vi.runAllTimersAsync()
    await expect(coming).resolves.toBe('here')
    expect(load).toHaveBeenCalledTimes(2)
  })

  it('is said to be gone after a few tries', async () => {
    const gone = new Error('gone')
    const load = vi.fn().mockRejectedValue(gone)
    const coming = patiently(load)
    const said = expect(coming).rejects.toBe(gone)
    await vi.runAllTimersAsync()
    await said
    expect(load).toHaveBeenCalledTimes(4)
  })

  it('is not asked for without a connection, and comes when that is back', async () => {
    disconnect()
    const load = vi.fn().mockResolvedValue('here')
    const coming = patiently(load)
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect(load).not.toHaveBeenCalled()
    connect()
    await expect(coming).resolves.toBe('here')
  })

  it('is not given up for requests that went with the connection', async () => {
    const load = vi.fn(async () => {
      if (load.mock.calls.length > 10) return 'here'
      disconnect()
      throw new Error('disconnected')
    })
    const coming = patiently(load)
    for (let i = 0; i < 10; i += 1) {
      await vi.advanceTimersByTimeAsync(0)
      connect()
    }
    await expect(coming).resolves.toBe('here')
  })
})

describe('on the server', () => {
  it('is at hand', async () => {
    vi.stubGlobal('window', undefined)
    vi.stubGlobal('navigator', undefined)
    await expect(patiently(async () => 'here')).resolves.toBe('here')
  })
})
