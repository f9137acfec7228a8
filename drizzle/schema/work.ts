import { sql } from 'drizzle-orm'
import { index, integer, pgEnum, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { JsonObject } from '#lib/json.ts'
import { asWritten, instant } from './columns.ts'

export const workKind = pgEnum('work_kind', [
  'step',
  'timer',
  'message',
  /** Start the run that a step calls, cancel it, tell its caller of its end. */
  'call',
  'hang_up',
  'return',
  /** Let queued runs of a key begin. */
  'admit',
])

export type WorkKind = (typeof workKind.enumValues)[number]

/**
 * Everything that is to be done, whatever its kind: one claim, one sweep. A row is free when it has no owner or its
 * owner's lease has ended; each claim raises `fence`, and only the holder of the newest fence can settle it.
 */
export const work = pgTable(
  'work',
  {
    id: text('id').primaryKey(),
    kind: workKind('kind').notNull(),
    runId: text('run_id'),
    /** Unique within run and kind: a step's effect key and attempt, a timer's key, a message's id. */
    key: text('key').notNull(),
    due: instant('due').notNull(),
    owner: text('owner'),
    fence: integer('fence').notNull().default(0),
    payload: asWritten<JsonObject>('payload').notNull(),
    /** Failed tries of the engine itself, e.g. of a mail; a step's own attempts are counted by the core. */
    tries: integer('tries').notNull().default(0),
    lastError: text('last_error'),
  },
  (t) => [
    uniqueIndex('work_key').on(t.runId, t.kind, t.key),
    index('work_due').on(t.due).where(sql`${t.owner} is null`),
    index('work_owner').on(t.owner).where(sql`${t.owner} is not null`),
  ],
)

/** One row per worker process; renewing it renews the lease on all it holds. Times are the database's. */
export const workers = pgTable('workers', {
  id: text('id').primaryKey(),
  leaseUntil: instant('lease_until').notNull(),
  startedAt: instant('started_at').notNull().defaultNow(),
})
