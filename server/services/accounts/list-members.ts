import { and, asc, eq, gt, isNull } from 'drizzle-orm'
import { accountTokens, users } from '#drizzle/schema/index.ts'
import { GivenRole, type Invitation, type Member, type MemberList } from '#lib/contracts/members.ts'
import { accountLink } from '#server/auth/account-token.ts'
import { authorise, may } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import type { AccountTokenRow } from './account-tokens.ts'

/** The people of the workspace and, for those who manage them, the open invitations with their links. */
export async function listMembers({ ctx }: { ctx: ServiceContext }): Promise<MemberList> {
  const actor = authorise(ctx, 'member:read')
  const { db } = ctx.app.database
  const people = await db.select().from(users).orderBy(asc(users.createdAt), asc(users.id))
  const invitations = may(actor, 'member:manage')
    ? await db
        .select()
        .from(accountTokens)
        .where(
          and(
            eq(accountTokens.kind, 'invite'),
            isNull(accountTokens.usedAt),
            gt(accountTokens.expiresAt, ctx.app.clock.now()),
          ),
        )
        .orderBy(asc(accountTokens.createdAt))
    : []
  return { members: people.map(memberOf), invitations: invitations.map((row) => invitationOf(ctx, row)) }
}

export function memberOf(user: typeof users.$inferSelect): Member {
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    role: user.role,
    disabled: user.disabledAt !== null,
    created_at: user.createdAt.toISOString(),
  }
}

export function invitationOf(ctx: ServiceContext, row: AccountTokenRow): Invitation {
  return {
    id: row.id,
    email: row.email ?? '',
    role: GivenRole.parse(row.role),
    created_at: row.createdAt.toISOString(),
    expires_at: row.expiresAt.toISOString(),
    link: accountLink(ctx.app.keys, ctx.app.env.appUrl, row),
  }
}
