import { and, eq, gte, inArray, sql } from 'drizzle-orm'
import { apiKeys, auditLog } from '#drizzle/schema/index.ts'
import { ScaffError } from '#lib/errors.ts'
import { DAY } from '#lib/time.ts'
import { gathered } from '#server/db/gathered.ts'
import type { Actor } from '#server/engine/port.ts'
import type { ServiceContext } from '../context.ts'

const quotaOf = gathered(async (db, id) => {
  const [key] = await db.select({ quota: apiKeys.quota }).from(apiKeys).where(eq(apiKeys.id, id))
  return key?.quota ?? null
})

/**
 * Holds a key to its runs a day (UTC), counted on the audit records that are written in the same commit as each start.
 * Starts at the same moment may pass the bound by as many as they are.
 */
export async function requireQuota(ctx: ServiceContext, actor: Actor): Promise<void> {
  if (actor.kind !== 'apiKey') return
  const { db } = ctx.app.database
  const quota = await quotaOf(db, actor.id)
  if (quota === null) return
  const now = ctx.app.clock.now()
  const midnight = new Date(Math.floor(now.getTime() / DAY) * DAY)
  const started = await db.$count(
    auditLog,
    and(
      gte(auditLog.at, midnight),
      inArray(auditLog.action, ['run.start', 'run.fork']),
      sql`${auditLog.actor} ->> 'kind' = 'apiKey'`,
      sql`${auditLog.actor} ->> 'id' = ${actor.id}`,
    ),
  )
  if (started < quota) return
  const seconds = Math.ceil((midnight.getTime() + DAY - now.getTime()) / 1000)
  throw new ScaffError(
    'rate_limit.exceeded',
    `This API key may start ${quota} runs a day, and has. Go on after midnight UTC or ask an admin for more.`,
    { extra: { retry_after: seconds } },
  )
}
