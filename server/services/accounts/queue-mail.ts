import { messages, work } from '#drizzle/schema/index.ts'
import { newId } from '#lib/ids.ts'
import type { JsonObject } from '#lib/json.ts'
import type { Tx } from '../audit.ts'
import type { App } from '../context.ts'

/**
 * Asks for an account mail, in the transaction that gives it its reason; the worker sends it after the commit. `data`
 * names the account token's row: text and link are made from it when the mail is rendered.
 */
export async function queueAccountMail(
  app: Pick<App, 'clock'>,
  tx: Tx,
  mail: { readonly kind: 'invite' | 'reset'; readonly to: string; readonly data: JsonObject },
): Promise<void> {
  const id = newId('message')
  const now = app.clock.now()
  await tx
    .insert(messages)
    .values({ id, kind: mail.kind, to: mail.to, data: mail.data, status: 'queued', createdAt: now })
  await tx
    .insert(work)
    .values({ id: newId('work'), kind: 'message', runId: null, key: id, due: now, payload: { message_id: id } })
}
