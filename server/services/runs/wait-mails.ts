import { and, asc, eq, gt, isNotNull, or } from 'drizzle-orm'
import { messages } from '#drizzle/schema/index.ts'
import type { WaitMail } from '#lib/contracts/run-waits.ts'
import type { Tx } from '../audit.ts'
import type { WaitRecord } from '../waits/find.ts'

export type MailsOf = (wait: WaitRecord) => { readonly mails?: WaitMail[] }

/** What people should know of the mails about a run's waits: those that failed, and those that may have come twice. */
export async function readWaitMails(tx: Tx, run_id: string): Promise<MailsOf> {
  const { waitId, generation, to, status, error, repeats } = messages
  const rows = await tx
    .select({ waitId, generation, to, status, error, repeats })
    .from(messages)
    .where(and(eq(messages.runId, run_id), isNotNull(waitId), or(eq(status, 'failed'), gt(repeats, 0))))
    .orderBy(asc(messages.id))
  return ({ id, wait }) => {
    // Of those who were asked before it was handed on, nobody waits any more.
    const told = rows.filter((row) => row.waitId === id && row.generation === wait.generation)
    const mails = told.map((row) => ({ to: row.to, status: row.status, error: row.error, repeats: row.repeats }))
    return mails.length > 0 ? { mails } : {}
  }
}
