import { setTimeout as delay } from 'node:timers/promises'
import { and, eq, isNull } from 'drizzle-orm'
import { users } from '#drizzle/schema/index.ts'
import { RequestResetInput } from '#lib/contracts/members.ts'
import { audit } from '../audit.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { issueAccountToken } from './account-tokens.ts'
import { queueAccountMail } from './queue-mail.ts'
import { resetThrottle } from './throttle.ts'

/** Longer than the writing of a reset takes, so that the answer's timing does not tell whether there was one. */
const ANSWER_AFTER_MS = 250

/** Mails a link to choose a new password, if there is such an account; the answer is the same if there is none. */
export async function requestReset({ ctx, input }: { ctx: ServiceContext; input: RequestResetInput }): Promise<void> {
  const { email } = parseInput(RequestResetInput, input)
  await resetThrottle(ctx, email)
  await Promise.all([sendIfKnown(ctx, email), delay(ANSWER_AFTER_MS)])
}

async function sendIfKnown(ctx: ServiceContext, email: string): Promise<void> {
  await ctx.app.database.db.transaction(async (tx) => {
    const [user] = await tx
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.email, email), isNull(users.disabledAt)))
      .limit(1)
    if (user === undefined) return
    const row = await issueAccountToken(ctx.app, tx, { kind: 'reset', email, userId: user.id })
    await queueAccountMail(ctx.app, tx, { kind: 'reset', to: email, data: { account_token_id: row.id } })
    await audit(ctx, tx, { action: 'account.request_reset', target: user.id, detail: {} })
  })
}
