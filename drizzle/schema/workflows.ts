import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type { WorkflowDefinition } from '#lib/workflow/definition.ts'
import type { Diagnostic } from '#lib/workflow/diagnostics.ts'
import { asWritten, instant } from './columns.ts'

export const workflows = pgTable(
  'workflows',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    description: text('description'),
    tags: jsonb('tags').$type<string[]>().notNull().default([]),
    enabled: boolean('enabled').notNull().default(true),
    /** The newest revision. */
    version: integer('version').notNull(),
    createdBy: text('created_by'),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
    /** Deleted workflows keep their versions: runs in flight go on and history stays. */
    deletedAt: instant('deleted_at'),
  },
  (t) => [index('workflows_list').on(t.deletedAt, t.id)],
)

/** Immutable. The author's text to the letter, and beside it what everything else reads. */
export const workflowVersions = pgTable(
  'workflow_versions',
  {
    workflowId: text('workflow_id')
      .notNull()
      .references(() => workflows.id),
    version: integer('version').notNull(),
    source: text('source').notNull(),
    definition: asWritten<WorkflowDefinition>('definition').notNull(),
    warnings: jsonb('warnings').$type<Diagnostic[]>().notNull().default([]),
    message: text('message'),
    createdBy: text('created_by'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.workflowId, t.version] })],
)
