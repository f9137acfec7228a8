import { createHmac } from 'node:crypto'
import { linkToken } from '#lib/integrity/tokens.ts'
import type { DecisionKind, WaitState } from '#lib/workflow/state.ts'
import type { Keyring } from '#server/auth/keyring.ts'

export interface WaitLinkParts {
  readonly keys: Keyring
  /** `APP_URL`: links never follow a request's Host header. */
  readonly appUrl: string
}

/** The key of the tokens in mailed and public links. */
export function mailKey(keys: Keyring): Uint8Array {
  return keys.derive('mail')
}

/** What a link's token is bound to beside its names: all that an approver sees. A form shows nothing that could be swapped. */
export function linkDigest(wait: WaitState): string {
  return wait.kind === 'approval' ? wait.digest : ''
}

/** The page of an approval in one approver's place, with or without the choice already made there. GET decides nothing. */
export function approvalLink(
  { keys, appUrl }: WaitLinkParts,
  to: { readonly wait_id: string; readonly approver: string; readonly generation: number; readonly digest: string },
  choice: DecisionKind | null,
): string {
  const { wait_id, approver, generation, digest } = to
  const token = linkToken(mailKey(keys), 'approval', { wait_id, place: approver, generation }, digest)
  const url = new URL(`/a/${token}`, appUrl)
  if (choice !== null) url.searchParams.set('choice', choice)
  return url.href
}

/** The page of a form that needs no account. */
export function formLink({ keys, appUrl }: WaitLinkParts, wait_id: string, generation: number): string {
  return new URL(`/f/${linkToken(mailKey(keys), 'form', { wait_id, place: 'p', generation }, '')}`, appUrl).href
}

/** The six digits that `confirm: code` asks for: they stand in the mail only, not on the page its link opens. */
export function mailCode(
  keys: Keyring,
  to: { readonly wait_id: string; readonly approver: string; readonly generation: number; readonly digest: string },
): string {
  const { wait_id, approver, generation, digest } = to
  const mac = createHmac('sha256', keys.derive('mail-code'))
    .update(JSON.stringify([wait_id, approver, generation, digest]))
    .digest()
  // 48 bits over a million codes: the bias is beyond measure.
  return String(mac.readUIntBE(0, 6) % 1_000_000).padStart(6, '0')
}
