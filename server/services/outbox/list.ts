import { and, desc, eq, lt, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { messages } from '#drizzle/schema/index.ts'
import { type OutboxList, type OutboxMessage, OutboxQuery } from '#lib/contracts/outbox.ts'
import { loadRecords, type MessageRecord, type Records } from '#server/notifications/records.ts'
import { render } from '#server/notifications/render-message.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { decodeCursor, page } from '../paging.ts'
import { parseInput } from '../parse.ts'
import { accountReader, type MayReadAccount } from './account-reader.ts'

/** Mails that were asked for, the newest first, with links made for this answer. */
export async function listOutbox({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: z.input<typeof OutboxQuery>
}): Promise<OutboxList> {
  const actor = authorise(ctx, 'outbox:read')
  const { run_id, to, limit, cursor } = parseInput(OutboxQuery, input)
  const after = cursor === undefined ? null : decodeCursor(cursor, ['string'])[0]
  const { db } = ctx.app.database
  const found = await db
    .select()
    .from(messages)
    .where(
      and(
        run_id === undefined ? undefined : eq(messages.runId, run_id),
        to === undefined ? undefined : eq(sql`lower(${messages.to})`, to.trim().toLowerCase()),
        after === null ? undefined : lt(messages.id, after),
      ),
    )
    .orderBy(desc(messages.id))
    .limit(limit + 1)
  const { rows, next_cursor } = page(found, limit, (row) => [row.id])
  const [records, mayRead] = await Promise.all([loadRecords(db, rows), accountReader(db, actor)])
  return { messages: rows.map((row) => toMessage(ctx, row, records, mayRead)), next_cursor }
}

type Shown = Pick<OutboxMessage, 'subject' | 'text' | 'html' | 'links'>

function toMessage(ctx: ServiceContext, row: MessageRecord, records: Records, mayRead: MayReadAccount): OutboxMessage {
  return {
    id: row.id,
    kind: row.kind,
    run_id: row.runId,
    to: row.to,
    ...shown(ctx, row, records, mayRead),
    created_at: row.createdAt.toISOString(),
    sent_at: row.sentAt?.toISOString() ?? null,
    channel: CHANNELS.find((channel) => channel === row.channel) ?? null,
    status: row.status,
    error: row.error,
    repeats: row.repeats,
  }
}

const CHANNELS = ['resend', 'smtp', 'outbox'] as const

function shown({ app }: ServiceContext, row: MessageRecord, records: Records, mayRead: MayReadAccount): Shown {
  const mail = render({ keys: app.keys, appUrl: app.env.appUrl }, row, records)
  if (mail === null) return unreadable('(not available)', 'What this mail told of is not in the database any more.')
  if (!mayRead(row, records)) {
    return unreadable(
      mail.subject,
      'This mail opens an account with more rights than yours, so only its holder reads it.',
    )
  }
  const { subject, text, html, links } = mail
  return { subject, text, html, links: [...links] }
}

function unreadable(subject: string, text: string): Shown {
  return { subject, text, html: `<p>${text}</p>`, links: [] }
}
