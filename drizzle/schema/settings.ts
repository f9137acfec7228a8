import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type { Json } from '#lib/json.ts'
import { asWritten, instant } from './columns.ts'

/** Workspace constants: `static.<name>` in every workflow, overlaid by the file's own. */
export const constants = pgTable('constants', {
  name: text('name').primaryKey(),
  value: asWritten<Json>('value').notNull(),
  /** Masked everywhere and allowed only where secrets are. */
  sensitive: boolean('sensitive').notNull().default(false),
  updatedAt: instant('updated_at').notNull().defaultNow(),
  updatedBy: text('updated_by'),
})

/** Secrets, encrypted under a data key that is itself wrapped by the master key outside the database. Write-only. */
export const secrets = pgTable('secrets', {
  name: text('name').primaryKey(),
  /** Versioned envelope: wrapped data key, nonce, ciphertext, tag. */
  envelope: text('envelope').notNull(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
  updatedBy: text('updated_by'),
})

/** Facts about this installation, e.g. the check value of the master key. */
export const system = pgTable('system', {
  key: text('key').primaryKey(),
  value: jsonb('value').$type<Json>().notNull(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
})

export const templates = pgTable('templates', {
  id: text('id').primaryKey(),
  /** The newest version. */
  version: integer('version').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
})

/** Stored prompts are immutable per version, because a run outlives an edit. */
export const templateVersions = pgTable(
  'template_versions',
  {
    templateId: text('template_id')
      .notNull()
      .references(() => templates.id),
    version: integer('version').notNull(),
    content: text('content').notNull(),
    message: text('message'),
    createdBy: text('created_by'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.templateId, t.version] })],
)

/** Insert-only; written in the same commit as what it tells. */
export const auditLog = pgTable(
  'audit_log',
  {
    id: text('id').primaryKey(),
    at: instant('at').notNull().defaultNow(),
    actor: jsonb('actor').$type<Json>().notNull(),
    action: text('action').notNull(),
    target: text('target').notNull(),
    detail: jsonb('detail').$type<Json>().notNull(),
    requestId: text('request_id').notNull(),
  },
  (t) => [index('audit_log_at').on(t.at), index('audit_log_target').on(t.target)],
)
