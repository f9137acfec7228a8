import { describe, expect, it } from 'vitest'
import { canonicalJson, digest } from './digest.ts'

describe('digest', () => {
  it('does not depend on the order of keys', () => {
    expect(digest({ a: 1, b: [true, null] })).toBe(digest({ b: [true, null], a: 1 }))
  })
  it('depends on every value, and on its type', () => {
    const all = [{ a: 1 }, { a: '1' }, { a: 2 }, { b: 1 }, { a: [1] }, [], null].map(digest)
    expect(new Set(all).size).toBe(all.length)
  })
  it('is SHA-256 of the canonical text (RFC 8785)', () => {
    expect(canonicalJson({ b: 2, a: 'é' })).toBe('{"a":"é","b":2}')
    expect(digest({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a')
  })
})
