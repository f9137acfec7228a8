import { createHmac } from 'node:crypto'
import { digest } from '#lib/integrity/digest.ts'
import { linkToken, readLink, verifyLink } from '#lib/integrity/tokens.ts'
import type { FormOpening } from '#lib/workflow/catalog.ts'
import type { ApprovalWaitState, FormWaitState } from '#lib/workflow/state.ts'
import type { Keyring } from './keyring.ts'

/**
 * The links by which people answer a wait without an account: `/a/<token>` for approvals, `/f/<token>` for forms. Mails
 * make them when they are rendered, pages check them when they are opened; both by this file, so that they agree.
 */
const PURPOSE = 'wait-link'

/** A form has one place, whoever holds its link. */
const FORM_PLACE = 'p'

export function approvalLinkToken(keys: Keyring, wait_id: string, wait: ApprovalWaitState, approver: string): string {
  const claims = { wait_id, place: approver, generation: wait.generation }
  return linkToken(keys.derive(PURPOSE), 'approval', claims, wait.digest)
}

export function formLinkToken(keys: Keyring, wait_id: string, wait: FormWaitState, opening: FormOpening): string {
  const claims = { wait_id, place: FORM_PLACE, generation: wait.generation }
  return linkToken(keys.derive(PURPOSE), 'form', claims, formDigest(opening))
}

/** Whether an approval's link is ours, for this wait. An earlier round or a place that was given away is still ours. */
export function isApprovalLink(keys: Keyring, token: string, wait_id: string, wait: ApprovalWaitState): boolean {
  return readLink(token)?.wait_id === wait_id && verifyLink(keys.derive(PURPOSE), 'approval', token, wait.digest)
}

export function isFormLink(keys: Keyring, token: string, wait_id: string, opening: FormOpening): boolean {
  const claims = readLink(token)
  if (claims?.wait_id !== wait_id || claims.place !== FORM_PLACE) return false
  return verifyLink(keys.derive(PURPOSE), 'form', token, formDigest(opening))
}

function formDigest({ title, description, fields }: FormOpening): string {
  return digest({ title, description, fields })
}

/**
 * The six digits that stand in a mail where the step says `confirm: code`: who opens the link has to have read the mail.
 */
export function confirmationCode(keys: Keyring, wait_id: string, wait: ApprovalWaitState, approver: string): string {
  const mac = createHmac('sha256', keys.derive('confirmation-code'))
  const bytes = mac.update(`${wait_id}:${approver}:${wait.generation}:${wait.digest}`).digest()
  return String(bytes.readUInt32BE(0) % 1_000_000).padStart(6, '0')
}
