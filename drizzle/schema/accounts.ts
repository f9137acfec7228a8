import { index, integer, jsonb, pgEnum, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

export const role = pgEnum('role', ['owner', 'admin', 'editor', 'approver', 'viewer'])

export const users = pgTable('users', {
  id: text('id').primaryKey(),
  /** Lower case. */
  email: text('email').notNull().unique(),
  name: text('name'),
  role: role('role').notNull(),
  passwordHash: text('password_hash').notNull(),
  /** Where their browser last said it is, a name of the IANA list; null: not known. Mails tell times in it. */
  timeZone: text('time_zone'),
  disabledAt: instant('disabled_at'),
  createdAt: instant('created_at').notNull().defaultNow(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
})

/** Browser sessions, so that one can be revoked before its JWT ends. */
export const sessions = pgTable(
  'sessions',
  {
    id: text('id').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: instant('created_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
    revokedAt: instant('revoked_at'),
  },
  (t) => [index('sessions_user').on(t.userId)],
)

/** Rotating refresh tokens of `POST /auth/login`: the use of a used one revokes its family. */
export const refreshTokens = pgTable(
  'refresh_tokens',
  {
    id: text('id').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    family: text('family').notNull(),
    tokenHash: text('token_hash').notNull().unique(),
    createdAt: instant('created_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
    revokedAt: instant('revoked_at'),
  },
  (t) => [index('refresh_tokens_family').on(t.family)],
)

export const accountTokenKind = pgEnum('account_token_kind', ['setup', 'invite', 'reset'])

/** One-time links of the account pages. The token is an HMAC over the row's id under a key outside the database, so none is stored. */
export const accountTokens = pgTable('account_tokens', {
  id: text('id').primaryKey(),
  kind: accountTokenKind('kind').notNull(),
  email: text('email'),
  role: role('role'),
  userId: text('user_id').references(() => users.id, { onDelete: 'cascade' }),
  createdBy: text('created_by'),
  createdAt: instant('created_at').notNull().defaultNow(),
  expiresAt: instant('expires_at').notNull(),
  usedAt: instant('used_at'),
})

/**
 * Tries that are bounded: to sign in, to ask for a reset, to guess a code. All web processes count together, and a restart
 * forgives none. Rows whose window is over are swept.
 */
export const tries = pgTable('tries', {
  /** SHA-256 of what they are counted under: people also type what is no address of theirs. */
  id: text('id').primaryKey(),
  used: integer('used').notNull(),
  endsAt: instant('ends_at').notNull(),
})

export const agentType = pgEnum('agent_type', ['openai', 'claude', 'custom'])

export const apiKeys = pgTable('api_keys', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  role: role('role').notNull(),
  /** null: everything the role may do. */
  scopes: jsonb('scopes').$type<string[]>(),
  agentId: text('agent_id'),
  agentType: agentType('agent_type'),
  /** Requests a minute; null: the default. */
  rateLimit: integer('rate_limit'),
  /** Runs a day; null: no bound. */
  quota: integer('quota'),
  /** SHA-256 of the key; the key itself is shown once and kept nowhere. */
  hash: text('hash').notNull().unique(),
  /** The last characters, to recognise it by. */
  hint: text('hint').notNull(),
  createdBy: text('created_by'),
  createdAt: instant('created_at').notNull().defaultNow(),
  expiresAt: instant('expires_at'),
  lastUsedAt: instant('last_used_at'),
  revokedAt: instant('revoked_at'),
})
