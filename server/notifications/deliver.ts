import { and, eq } from 'drizzle-orm'
import { messages } from '#drizzle/schema/index.ts'
import type { Clock } from '#lib/time.ts'
import { awaited } from '#lib/workflow/quorum.ts'
import type { Database } from '#server/db/client.ts'
import { retrying } from '#server/db/retrying.ts'
import type { Delivery } from '#server/engine/postgres/worker/parts.ts'
import { EmailError, type EmailProvider, type Sent, UnansweredMail } from '#server/providers/email/email.ts'
import { accountTokenId, findMessage, loadRecords, type MessageRecord, type Records } from './records.ts'
import { render } from './render-message.ts'
import type { LinkParts } from './rendered.ts'

export interface DeliverParts extends LinkParts {
  readonly database: Database
  readonly email: EmailProvider
  readonly clock: Clock
  /** `MAIL_FROM`; null: an address at the host of `APP_URL`. */
  readonly mailFrom: string | null
}

/**
 * Sends one message and marks it sent, or skipped when there is nothing left to ask. Safe to repeat: what was sent is not
 * sent again, and a repeat after a crash carries the same Message-ID and idempotency key. Failures are answers; the
 * caller keeps count of the tries and marks a message that is given up. Rejects with what `sent` rejected with.
 */
export async function deliver(parts: DeliverParts, message_id: string, sent: Sent): Promise<Delivery> {
  const { db } = parts.database
  const message = await findMessage(db, message_id)
  if (message === null)
    return { ok: false, retry: false, unanswered: false, error: 'The message is not in the database any more.' }
  if (message.status === 'sent' || message.status === 'skipped') return { ok: true }
  const records = await loadRecords(db, [message])
  const needless = needlessBecause(message, records, parts.clock.now())
  if (needless !== null) {
    await mark(parts, message, {
      status: 'skipped',
      error: mayHaveArrived(message) ? `${needless} ${INTERRUPTED}` : needless,
    })
    return { ok: true }
  }
  const mail = render(parts, message, records)
  if (mail === null)
    return {
      ok: false,
      retry: false,
      unanswered: false,
      error: 'What the mail tells of is not in the database any more.',
    }
  const host = new URL(parts.appUrl).hostname
  try {
    await parts.email.send(
      {
        messageId: `<${message.id}@${host}>`,
        from: parts.mailFrom ?? `Scaff <scaff@${host}>`,
        to: mail.to,
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        idempotencyKey: message.id,
      },
      sent,
    )
  } catch (error) {
    if (!(error instanceof EmailError)) throw error
    return {
      ok: false,
      retry: error.retryable,
      error: error.message,
      unanswered: error instanceof UnansweredMail,
    }
  }
  await mark(parts, message, {
    status: 'sent',
    error: null,
    channel: parts.email.name,
    sentAt: parts.clock.now(),
    sending: null,
  })
  return { ok: true }
}

const INTERRUPTED = 'A try that was interrupted may have arrived all the same.'

/** Whether a try of which nothing is known went before. */
function mayHaveArrived({ sending, repeats }: MessageRecord): boolean {
  return sending !== null || repeats > 0
}

/** Why nobody needs this mail any more; null while somebody does. */
function needlessBecause(message: MessageRecord, records: Records, now: Date): string | null {
  const tokenId = accountTokenId(message)
  if (tokenId !== null) {
    const token = records.tokens.get(tokenId)
    if (token === undefined) return null
    if (token.usedAt !== null) return 'The link had been used or withdrawn before the mail went out.'
    return token.expiresAt <= now ? 'The link had expired before the mail went out.' : null
  }
  const row = records.waits.get(message.waitId ?? '')
  if (row === undefined) return null
  if (row.outcome !== null) return 'The request was closed before the mail went out.'
  const { wait } = row
  if (wait.generation !== message.generation) return 'The request was handed on before the mail went out.'
  if (wait.kind === 'approval' && !awaited(wait).some(({ id }) => id === message.approver)) {
    return 'This person was no longer asked when the mail was to go out.'
  }
  return null
}

/** Asked again while the database is away: what is not marked goes out again. */
async function mark(
  { database }: DeliverParts,
  message: MessageRecord,
  change: Partial<Pick<MessageRecord, 'status' | 'error' | 'channel' | 'sentAt' | 'sending'>>,
): Promise<void> {
  const still = and(eq(messages.id, message.id), eq(messages.status, message.status))
  await retrying(() => database.db.update(messages).set(change).where(still))
}
