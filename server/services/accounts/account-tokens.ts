import { and, eq, gt, isNull } from 'drizzle-orm'
import { accountTokens } from '#drizzle/schema/index.ts'
import { ScaffError } from '#lib/errors.ts'
import { newId } from '#lib/ids.ts'
import type { Role } from '#lib/permissions.ts'
import { DAY, HOUR } from '#lib/time.ts'
import { type AccountTokenKind, readAccountToken } from '#server/auth/account-token.ts'
import type { Tx } from '../audit.ts'
import type { App, ServiceContext } from '../context.ts'

export type AccountTokenRow = typeof accountTokens.$inferSelect

const LIFETIME_MS: Readonly<Record<AccountTokenKind, number>> = { setup: 7 * DAY, invite: 7 * DAY, reset: HOUR }

/** Adds a one-time token's row; the token itself is computed from it whenever it is shown. */
export async function issueAccountToken(
  app: Pick<App, 'clock'>,
  tx: Tx,
  token: {
    readonly kind: AccountTokenKind
    readonly email?: string
    readonly role?: Role
    readonly userId?: string
    readonly createdBy?: string
  },
): Promise<AccountTokenRow> {
  const now = app.clock.now()
  const row: AccountTokenRow = {
    id: newId('token'),
    kind: token.kind,
    email: token.email ?? null,
    role: token.role ?? null,
    userId: token.userId ?? null,
    createdBy: token.createdBy ?? null,
    createdAt: now,
    expiresAt: new Date(now.getTime() + LIFETIME_MS[token.kind]),
    usedAt: null,
  }
  await tx.insert(accountTokens).values(row)
  return row
}

/** The row of a token that could be used now; throws `auth.link_invalid`. */
export async function findAccountToken(
  ctx: ServiceContext,
  kind: AccountTokenKind,
  token: string,
): Promise<AccountTokenRow> {
  const id = readAccountToken(ctx.app.keys, kind, token)
  if (id === null) throw linkInvalid(kind)
  const [row] = await ctx.app.database.db
    .select()
    .from(accountTokens)
    .where(usable(ctx, id, kind))
    .limit(1)
  if (row === undefined) throw linkInvalid(kind)
  return row
}

/** Uses a token up, in the transaction that does what it allows: of two that try at once, one gets the row. */
export async function useAccountToken(
  ctx: ServiceContext,
  tx: Tx,
  kind: AccountTokenKind,
  token: string,
): Promise<AccountTokenRow> {
  const id = readAccountToken(ctx.app.keys, kind, token)
  if (id === null) throw linkInvalid(kind)
  const [row] = await tx
    .update(accountTokens)
    .set({ usedAt: ctx.app.clock.now() })
    .where(usable(ctx, id, kind))
    .returning()
  if (row === undefined) throw linkInvalid(kind)
  return row
}

function usable(ctx: ServiceContext, id: string, kind: AccountTokenKind) {
  return and(
    eq(accountTokens.id, id),
    eq(accountTokens.kind, kind),
    isNull(accountTokens.usedAt),
    gt(accountTokens.expiresAt, ctx.app.clock.now()),
  )
}

function linkInvalid(kind: AccountTokenKind): ScaffError {
  const cure = {
    setup: 'Start Scaff again to see the current link in its terminal.',
    invite: 'Ask an admin for a new invitation.',
    reset: 'Ask for a new link on the sign-in page.',
  }[kind]
  return new ScaffError('auth.link_invalid', `This link was used already, has expired, or is not complete. ${cure}`)
}
