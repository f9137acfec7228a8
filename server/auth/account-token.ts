import { createHmac, timingSafeEqual } from 'node:crypto'
import { isId } from '#lib/ids.ts'
import type { Keyring } from './keyring.ts'

export type AccountTokenKind = 'setup' | 'invite' | 'reset'

const PAGES: Readonly<Record<AccountTokenKind, string>> = { setup: '/setup', invite: '/invite', reset: '/reset' }

/** The token of a row of `account_tokens`: its id and an HMAC under a key outside the database, so a dump holds no usable link. */
export function accountToken(keys: Keyring, row: { readonly id: string; readonly kind: AccountTokenKind }): string {
  return `${row.id}.${mac(keys, row.kind, row.id).toString('base64url')}`
}

/** The address of the page that takes the token. Links come from `APP_URL`, never from a request. */
export function accountLink(
  keys: Keyring,
  appUrl: string,
  row: { readonly id: string; readonly kind: AccountTokenKind },
): string {
  return new URL(`${PAGES[row.kind]}?token=${accountToken(keys, row)}`, appUrl).href
}

/** The row's id if the token is ours and of this kind, else null. Whether it is still good, the row says. */
export function readAccountToken(keys: Keyring, kind: AccountTokenKind, token: string): string | null {
  const [id, signature, ...rest] = token.split('.')
  if (id === undefined || signature === undefined || rest.length > 0 || !isId('token', id)) return null
  const wanted = mac(keys, kind, id)
  // The text is compared, not what it decodes to: several texts decode to the same bytes.
  const found = Buffer.from(signature)
  const expected = Buffer.from(wanted.toString('base64url'))
  return found.length === expected.length && timingSafeEqual(found, expected) ? id : null
}

function mac(keys: Keyring, kind: AccountTokenKind, id: string): Buffer {
  return createHmac('sha256', keys.derive('account-token')).update(`${kind}:${id}`).digest()
}
