import { pgTable, text } from 'drizzle-orm/pg-core'
import { users } from './accounts.ts'
import { instant } from './columns.ts'

/**
 * The tour that a person takes through the product on a sample workflow. How far they are follows from the sample's runs;
 * kept is only what no run tells: which pages they looked at, and that they want no more of it.
 */
export const guides = pgTable('guides', {
  userId: text('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** The sample. It may be deleted since; then there is no tour. */
  workflowId: text('workflow_id').notNull(),
  /** Only runs since then count. */
  startedAt: instant('started_at').notNull(),
  editorSeenAt: instant('editor_seen_at'),
  mailSeenAt: instant('mail_seen_at'),
  timelineSeenAt: instant('timeline_seen_at'),
  dismissedAt: instant('dismissed_at'),
})
