import { describe, expect, it } from 'vitest'
import { safeReturnTo } from './safe-redirect.ts'
import { corpus } from './testing/corpus.ts'

describe('where a sign-in leads', () => {
  it('is the path that was asked for', () => {
    for (const path of ['/', '/runs/run_1?tab=events#step', '/inbox?status=pending', '/w/a%20b', '/über?q=ä']) {
      const to = safeReturnTo(path)
      expect(new URL(to, 'https://scaff.example').href).toBe(new URL(path, 'https://scaff.example').href)
    }
  })

  it('is the start page when nothing was asked for', () => {
    expect([safeReturnTo(null), safeReturnTo(undefined), safeReturnTo('')]).toEqual(['/', '/', '/'])
  })

  const hostile = [
    ...corpus('url').attacks.map((x) => x.payload),
    '/\\attacker.example',
    '\\\\attacker.example',
    '///attacker.example',
    '/\t/attacker.example',
    '/\n//attacker.example',
    '/.//attacker.example',
    '/..//attacker.example',
    '/a/../..//attacker.example',
    'https:attacker.example',
    'runs',
  ]

  it.each(hostile)('stays on this site for %j', (payload) => {
    const to = safeReturnTo(payload)
    expect(to).toMatch(/^\/(?!\/)/)
    expect(new URL(to, 'https://scaff.example').origin).toBe('https://scaff.example')
  })
})
