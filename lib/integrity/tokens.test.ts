import { SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { newId } from '../ids.ts'
import { linkToken, mintResumeToken, readLink, verifyLink, verifyResumeToken } from './tokens.ts'

const key = new Uint8Array(32).fill(7)
const other = new Uint8Array(32).fill(8)
const now = new Date('2026-01-05T09:00:00Z')
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000)
const claims = { run_id: newId('run'), wait_id: newId('wait'), generation: 2 }

/** Thirty and more ways to bend a text. */
function mutations(token: string): string[] {
  const flips = [0, 5, 12, 20, 30, 31, 33, 40, token.length - 2, token.length - 1].map((i) => {
    const c = token[i] === 'A' ? 'B' : 'A'
    return token.slice(0, i) + c + token.slice(i + 1)
  })
  const cuts = [1, 2, 5, 43].map((n) => token.slice(0, -n))
  const last = token.at(-1) ?? ''
  // The last character of 43 holds two unused bits: its neighbours decode to the same bytes.
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const at = alphabet.indexOf(last)
  const twins = [1, 2, 3].map((n) => token.slice(0, -1) + alphabet[(at - (at % 4) + ((at + n) % 4)) % 64])
  const around = [
    `${token}=`,
    `${token}==`,
    ` ${token}`,
    `${token} `,
    `${token}\n`,
    `${token}.`,
    `.${token}`,
    `${token}.x`,
    `${token}\u0000`,
  ]
  const cases = [
    token.toUpperCase(),
    token.replace('_', '%5F'),
    token.replaceAll('.', '%2E'),
    token.replaceAll('.', '..'),
    token.split('.').reverse().join('.'),
    '',
    'null',
    'undefined',
  ]
  return [...flips, ...cuts, ...twins, ...around, ...cases].filter((text) => text !== token)
}

describe('resume tokens', () => {
  it('name their wait until they expire', async () => {
    const token = await mintResumeToken(key, claims, now)
    expect(await verifyResumeToken(key, token, inDays(6.9))).toEqual(claims)
    expect(await verifyResumeToken(key, token, inDays(7.1))).toBe('expired')
  })
  it('are refused under another key, or when anything in them is changed', async () => {
    const token = await mintResumeToken(key, claims, now)
    expect(await verifyResumeToken(other, token, now)).toBe('invalid')
    const bent = mutations(token)
    expect(bent.length).toBeGreaterThanOrEqual(30)
    for (const text of bent) expect(await verifyResumeToken(key, text, now), text).toBe('invalid')
  })
  it('are refused when they were made for something else, or without a signature', async () => {
    const foreign = await new SignJWT({ run: claims.run_id, wait: claims.wait_id, gen: 2 })
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience('scaff-api')
      .sign(key)
    const [, body] = foreign.split('.')
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`
    for (const text of [foreign, none]) expect(await verifyResumeToken(key, text, now)).toBe('invalid')
  })
})

describe('link tokens', () => {
  const link = { wait_id: claims.wait_id, place: 'a1', generation: 1 }
  const token = linkToken(key, 'approval', link, 'd1')

  it('prove what they name and what was shown', () => {
    expect(readLink(token)).toEqual(link)
    expect(verifyLink(key, 'approval', token, 'd1')).toBe(true)
  })
  it('prove nothing else', () => {
    expect(verifyLink(key, 'form', token, 'd1')).toBe(false)
    expect(verifyLink(key, 'approval', token, 'd2')).toBe(false)
    expect(verifyLink(other, 'approval', token, 'd1')).toBe(false)
    for (const changed of [
      { ...link, place: 'a2' },
      { ...link, generation: 2 },
      { ...link, wait_id: newId('wait') },
    ]) {
      const signature = token.split('.').at(-1)
      expect(
        verifyLink(key, 'approval', `${changed.wait_id}.${changed.place}.${changed.generation}.${signature}`, 'd1'),
      ).toBe(false)
    }
  })
  it('are refused in any other spelling', () => {
    const bent = mutations(token)
    expect(bent.length).toBeGreaterThanOrEqual(30)
    for (const text of bent) expect(verifyLink(key, 'approval', text, 'd1'), text).toBe(false)
  })
})
