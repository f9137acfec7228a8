import { describe, expect, it } from 'vitest'
import { createKeyring, KeyringError } from './keyring.ts'

const one = createKeyring('0123456789abcdefghijklmnopqrstuvwxyz')
const two = createKeyring('zyxwvutsrqponmlkjihgfedcba9876543210')

describe('keyring', () => {
  it('opens what it sealed, each time under another data key', () => {
    const sealed = one.seal('canary-ü🙂')
    expect(one.open(sealed)).toBe('canary-ü🙂')
    expect(sealed).not.toContain('canary')
    expect(one.seal('canary-ü🙂')).not.toBe(sealed)
  })
  it('says so when the key is another one, or the envelope was changed', () => {
    const sealed = one.seal('x')
    expect(() => two.open(sealed)).toThrow(KeyringError)
    const flipped = sealed.slice(0, -3) + (sealed.at(-3) === 'A' ? 'B' : 'A') + sealed.slice(-2)
    for (const bent of [flipped, 'v2.a.b', 'v1', '', `${sealed}.x`]) expect(() => one.open(bent)).toThrow(KeyringError)
  })
  it('derives a key per purpose, the same each time', () => {
    expect(one.derive('mail')).toEqual(one.derive('mail'))
    expect(one.derive('mail')).not.toEqual(one.derive('resume'))
    expect(one.derive('mail')).not.toEqual(two.derive('mail'))
    expect(one.derive('mail')).toHaveLength(32)
  })
  it('recognises its database', () => {
    expect(one.checkValue()).toBe(createKeyring('0123456789abcdefghijklmnopqrstuvwxyz').checkValue())
    expect(one.checkValue()).not.toBe(two.checkValue())
  })
  it('refuses a weak master key', () => {
    for (const weak of ['', 'short', 'a'.repeat(64), 'abababababababababababababababababab'])
      expect(() => createKeyring(weak)).toThrow(KeyringError)
  })
})
