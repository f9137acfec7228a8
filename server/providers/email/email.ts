/** A mail, rendered. `to` and `from` are single addresses, `from` maybe with a display name. */
export interface Mail {
  /** Stable over all tries: `<msg_…@host>`. A repeat after a crash is recognised by it. */
  readonly messageId: string
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly idempotencyKey: string
}

/**
 * Keeps that a mail is about to go out. Awaited right before its first byte by a sender that would take it twice, and by no
 * other: from here on a lost worker leaves a mail that may have arrived. A rejection means: do not send.
 */
export type Sent = () => Promise<void>

export interface EmailProvider {
  /** The channel that messages show. */
  readonly name: 'resend' | 'smtp' | 'outbox'
  /**
   * Rejects with an `EmailError`, or with what `sent` rejected with. `providerId` is what the provider calls the mail; null
   * where it says nothing.
   */
  send(mail: Mail, sent: Sent): Promise<{ readonly providerId: string | null }>
  close(): void
}

/**
 * A mail that did not go out. `retryable` is false only where this very mail can never go out, e.g. an address that the
 * server does not know. Wrong credentials are retryable: the operator mends them and no mail is lost.
 */
export class EmailError extends Error {
  readonly retryable: boolean

  constructor(message: string, retryable: boolean, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'EmailError'
    this.retryable = retryable
  }
}

/** A mail that the other side had in full when it was last heard of: it may have arrived. */
export class UnansweredMail extends EmailError {
  constructor(message: string, cause: unknown) {
    super(message, true, cause)
    this.name = 'UnansweredMail'
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: a line break in a header begins another header
const CONTROL = /[\u0000-\u001f\u007f]/

/** Refuses what could smuggle in a header or a recipient, whichever provider would have to catch it. */
export function checkHeaders(mail: Mail): void {
  for (const field of ['messageId', 'from', 'to', 'subject', 'idempotencyKey'] as const) {
    if (CONTROL.test(mail[field])) {
      throw new EmailError(`The mail's ${field} contains a line break or control character, so it is not sent.`, false)
    }
  }
  if (!isMailAddress(mail.to)) {
    throw new EmailError(
      `"${mail.to}" is not one mail address. Correct the approver or assignee in the workflow.`,
      false,
    )
  }
}

/** One bare address: no display name, no list, no route, nothing a mail server could read as two. */
export function isMailAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+$/u.test(text)
}
