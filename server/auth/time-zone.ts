import { eq } from 'drizzle-orm'
import { users } from '#drizzle/schema/index.ts'
import { timeZoneIn } from '#lib/time-zone-cookie.ts'
import type { App } from '#server/services/context.ts'

/**
 * Keeps for a person's pages and mails where their browser says it is, and answers the zone they are in: what the browser
 * says, else what is known from before; null where neither says.
 */
export async function keepTimeZone(
  app: App,
  person: { readonly id: string; readonly timeZone: string | null },
  headers: Headers,
): Promise<string | null> {
  const timeZone = timeZoneIn(headers.get('cookie'))
  if (timeZone === null || timeZone === person.timeZone) return person.timeZone
  await app.database.db.update(users).set({ timeZone }).where(eq(users.id, person.id))
  return timeZone
}
