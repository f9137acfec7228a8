import { integer, pgTable, text } from 'drizzle-orm/pg-core'
import type { JsonObject } from '#lib/json.ts'
import { asWritten, instant } from './columns.ts'

/**
 * Requests on their way that must not go out twice unasked: one row per work row, written before the first byte and gone
 * with its settlement. A worker that takes a work row over and finds one here cannot know whether the effect happened.
 */
export const effects = pgTable('effects', {
  /** The work row it was sent for: whatever settles that one settles this. */
  workId: text('work_id').primaryKey(),
  runId: text('run_id').notNull(),
  stepId: text('step_id').notNull(),
  path: text('path').notNull(),
  attempt: integer('attempt').notNull(),
  /** The key that the other side was given. */
  key: text('key').notNull(),
  worker: text('worker').notNull(),
  fence: integer('fence').notNull(),
  sentAt: instant('sent_at').notNull(),
  /** What was sent, as people may read it. */
  evidence: asWritten<JsonObject>('evidence').notNull(),
})
