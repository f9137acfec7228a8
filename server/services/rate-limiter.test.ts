import { describe, expect, it } from 'vitest'
import { MINUTE } from '#lib/time.ts'
import { RateLimiter } from './rate-limiter.ts'

function setUp(capacity?: number) {
  let now = 1_000_000
  const limiter = new RateLimiter({ now: () => new Date(now) }, MINUTE, capacity)
  return { limiter, pass: (ms: number) => (now += ms) }
}

describe('a rate limiter', () => {
  it('allows as many as the limit says, tells what remains, and when to come again', () => {
    const { limiter, pass } = setUp()
    expect(limiter.take('a', 2)).toEqual({ allowed: true, limit: 2, remaining: 1, reset: 60 })
    pass(10_500)
    expect(limiter.take('a', 2)).toEqual({ allowed: true, limit: 2, remaining: 0, reset: 50 })
    expect(limiter.take('a', 2)).toEqual({ allowed: false, limit: 2, remaining: 0, reset: 50 })
  })

  it('counts callers apart', () => {
    const { limiter } = setUp()
    limiter.take('a', 1)
    expect(limiter.take('a', 1).allowed).toBe(false)
    expect(limiter.take('b', 1).allowed).toBe(true)
  })

  it('begins anew when the window ends', () => {
    const { limiter, pass } = setUp()
    limiter.take('a', 1)
    pass(MINUTE)
    expect(limiter.take('a', 1).allowed).toBe(true)
  })

  it('remembers no more callers than it has room for', () => {
    const { limiter } = setUp(2)
    for (const id of ['a', 'b', 'c']) limiter.take(id, 1)
    expect(limiter.take('b', 1).allowed).toBe(false)
    expect(limiter.take('a', 1).allowed).toBe(true)
  })
})
