import { describe, expect, it } from 'vitest'
import { createRedactor, echoable } from './redact.ts'
import { cpuTime } from './testing/cpu-time.ts'

const secret = 'canary/key+1="ü"'
const { text, json } = createRedactor({
  secrets: { CMS_API_KEY: secret, CMS: 'canary/key', TINY: 'abc' },
  patterns: true,
})

describe('redaction by value', () => {
  it.each([
    ['raw', `key is ${secret}.`],
    ['in JSON', JSON.stringify({ key: secret })],
    ['in the path of a URL', `https://x.test/${secret.split('/').map(encodeURIComponent).join('/')}/x`],
    ['in a URL', `https://x.test/?key=${encodeURIComponent(secret)}`],
    ['in a form', new URLSearchParams({ key: secret }).toString()],
    ['in base64', Buffer.from(secret).toString('base64')],
    ['in base64 after one byte', Buffer.from(`:${secret}`).toString('base64')],
    ['in base64 after two bytes', Buffer.from(`u:${secret}:x`).toString('base64url')],
  ])('%s', (_, given) => {
    const result = text(given)
    expect(result).toContain('[REDACTED:CMS_API_KEY]')
    expect(result).not.toMatch(/canary|Y2FuYXJ5/)
  })
  it('names a secret that contains another as itself, and leaves very short ones', () => {
    expect(text(`${secret} canary/key abc`)).toBe('[REDACTED:CMS_API_KEY] [REDACTED:CMS] abc')
  })
  it('looks in answers only for values that are no ordinary words', () => {
    expect(echoable({ LONG: 'longer-than-8', EIGHT: '8letters', WORD: 'approve' })).toEqual({
      LONG: 'longer-than-8',
      EIGHT: '8letters',
    })
  })
  it('reaches into keys and nested values and keeps everything else', () => {
    expect(json({ [`x-${secret}`]: [{ a: secret }, 1, null, true] })).toEqual({
      'x-[REDACTED:CMS_API_KEY]': [{ a: '[REDACTED:CMS_API_KEY]' }, 1, null, true],
    })
  })
})

describe('redaction by pattern', () => {
  it.each([
    ['mail sarah.o-neil+x@mail.company.com now', 'mail [REDACTED_EMAIL] now'],
    ['call +49 170 1234567 or (030) 123-4567', 'call [REDACTED_PHONE] or [REDACTED_PHONE]'],
    ['call +491701234567', 'call [REDACTED_PHONE]'],
    ['ssn 078-05-1120', 'ssn [REDACTED_SSN]'],
    ['card 4111 1111 1111 1111 ok', 'card [REDACTED_PAN] ok'],
    ['card 5500005555555559', 'card [REDACTED_PAN]'],
    ['not a card 4111 1111 1111 1112', 'not a card 4111 1111 1111 1112'],
    ['Authorization: Bearer abc.def-123456', 'Authorization: Bearer [REDACTED]'],
    ['key scf_abcdefghijklmnop1234', 'key [REDACTED]'],
    ['jwt eyJhbGciOiJIUzI1NiJ9.eyJydW4iOiJ4In0.c2ln', 'jwt [REDACTED]'],
    ['at=v1.eyJhbGciOiJIUzI1NiJ9.eyJydW4iOiJ4In0.c2ln; x', 'at=v1.[REDACTED]; x'],
    ['t-eyJhbGciOiJIUzI1NiJ9.eyJydW4iOiJ4In0.', 't-[REDACTED]'],
    ['see eyJust.a.b or www.example.com/x.y.z', 'see eyJust.a.b or www.example.com/x.y.z'],
  ])('%s', (given, expected) => {
    expect(text(given)).toBe(expected)
  })
  it('leaves ids, versions, times and amounts alone', () => {
    const plain = 'run_01m7ykze4cbbdtkqkrwyt8npcv v10.20.30 2026-01-05T09:00:00.000Z 1,234.56 127.0.0.1:3000 step-12'
    expect(text(plain)).toBe(plain)
  })
  it.each(['eyJ-', 'eyJaaaaa.', 'a', 'a@a.', '1 ', '12-', '(1) ', 'Bearer ', 'sk-', 'scf_', '\\'])(
    'takes time in proportion to the text, also for %j over and over',
    (part) => {
      expect(cpuTime(() => text(part.repeat(200_000 / part.length)))).toBeLessThan(1_000)
    },
  )
  it('can be left out', () => {
    expect(createRedactor({ patterns: false }).text('a@b.com')).toBe('a@b.com')
  })
})
