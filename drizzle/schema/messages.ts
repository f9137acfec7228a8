import { index, integer, pgEnum, pgTable, text } from 'drizzle-orm/pg-core'
import type { JsonObject } from '#lib/json.ts'
import { asWritten, instant } from './columns.ts'

/** `skipped`: when its turn came there was nothing left to ask, e.g. because the request had been decided. */
export const messageStatus = pgEnum('message_status', ['queued', 'sent', 'failed', 'skipped'])

/**
 * Mails that were asked for. Text and links are rendered on demand from the rows they tell of, never stored: a dump of
 * the database holds no usable link.
 */
export const messages = pgTable(
  'messages',
  {
    id: text('id').primaryKey(),
    kind: text('kind').notNull(),
    runId: text('run_id'),
    waitId: text('wait_id'),
    approver: text('approver'),
    generation: integer('generation').notNull().default(0),
    to: text('to').notNull(),
    /** What a mail without a wait needs, e.g. the id of an account token's row; never a token. */
    data: asWritten<JsonObject>('data').notNull(),
    channel: text('channel'),
    status: messageStatus('status').notNull(),
    error: text('error'),
    /**
     * The claim of its work row under which it was handed to a sender that would take it twice, until it is known what
     * became of it. Kept before the first byte: null while queued means that no such sender has it.
     */
    sending: integer('sending'),
    /** How often it was sent again although one before may have arrived. */
    repeats: integer('repeats').notNull().default(0),
    createdAt: instant('created_at').notNull(),
    sentAt: instant('sent_at'),
  },
  (t) => [index('messages_run').on(t.runId), index('messages_list').on(t.id.desc())],
)
