import { describe, expect, it, vi } from 'vitest'
import { patiently } from './patiently.ts'

describe('code that is fetched patiently', () => {
  it('comes once the connection is back', async () => {
    vi.useFakeTimers()
    let tries = 0
    const load = patiently(async () => {
      tries += 1
      if (tries < 3) throw new Error('disconnected')
      return 'here'
    })
    const coming = load()
    await vi.advanceTimersByTimeAsync(2_000)
    await expect(coming).resolves.toBe('here')
    expect(tries).toBe(3)
    vi.useRealTimers()
  })
})
