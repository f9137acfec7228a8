import { describe, expect, it } from 'vitest'
import { newId } from '#lib/ids.ts'
import { accountLink, accountToken, readAccountToken } from './account-token.ts'
import { createKeyring } from './keyring.ts'

const keys = createKeyring('test-key-0123456789-abcdefghijklmnop')
const row = { id: newId('token'), kind: 'invite' as const }

describe('an account token', () => {
  it('names its row, and only as the kind it was made for', () => {
    const token = accountToken(keys, row)
    expect(readAccountToken(keys, 'invite', token)).toBe(row.id)
    expect(readAccountToken(keys, 'setup', token)).toBeNull()
    expect(readAccountToken(keys, 'reset', token)).toBeNull()
  })

  it('is worth nothing under another key', () => {
    const other = createKeyring('another-key-0123456789-abcdefghijkl')
    expect(readAccountToken(other, 'invite', accountToken(keys, row))).toBeNull()
  })

  it('is refused after any change of a single character', () => {
    const token = accountToken(keys, row)
    for (let at = 0; at < token.length; at++) {
      const changed = token.slice(0, at) + (token[at] === 'x' ? 'y' : 'x') + token.slice(at + 1)
      expect(readAccountToken(keys, 'invite', changed)).toBeNull()
    }
  })

  it.each(['', '.', 'tok_', 'null', `${row.id}.`, `${row.id}`, `${row.id}.a.b`])('refuses %j', (token) => {
    expect(readAccountToken(keys, 'invite', token)).toBeNull()
  })

  it('stands in a link of APP_URL', () => {
    expect(accountLink(keys, 'https://scaff.example', row)).toBe(
      `https://scaff.example/invite?token=${accountToken(keys, row)}`,
    )
  })
})
