import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'
import { work } from '#drizzle/schema/index.ts'
import { newId } from '#lib/ids.ts'
import { systemClock } from '#lib/time.ts'
import { testCatalog } from '#lib/workflow/testkit.ts'
import { createKeyring } from '#server/auth/keyring.ts'
import { testPorts } from '#server/engine/postgres/worker/testing.ts'
import { startWorker, type Worker } from '#server/engine/postgres/worker/worker.ts'
import type { EmailProvider, Sent } from '#server/providers/email/email.ts'
import { createSmtp } from '#server/providers/email/smtp.ts'
import { testDatabase } from '#server/testing/database.ts'
import { deliver } from './deliver.ts'
import { askApproval } from './testing.ts'

export const keys = createKeyring('0123456789abcdefghijklmnopqrstuvwxyzABCDEFG')

/** What stands around a sending: each part is passed through, or held up. */
interface Around {
  readonly beforeMark?: () => Promise<void>
  readonly afterAnswer?: () => Promise<void>
}

export type MailBench = Awaited<ReturnType<typeof openMailBench>>

/** Real workers, a real database and a real mail server: what is left of a mail when they are lost. */
export async function openMailBench() {
  const db = await testDatabase()
  const smtp = await smtpServer()
  const workers: Worker[] = []
  const troubles: unknown[] = []
  const { sql } = db.database
  const bench = {
    smtp,
    troubles,
    /** By how much the workers' clock is ahead. */
    later: 0,
    bySmtp: (around: Around = {}) => wrapped(createSmtp(smtp.url), around),

    async employ(email: EmailProvider): Promise<Worker> {
      const clock = { now: () => new Date(systemClock.now().getTime() + bench.later) }
      const parts = { database: db.database, email, clock, keys, appUrl: 'https://scaff.example', mailFrom: null }
      const worker = await startWorker({
        sql,
        clock,
        catalog: testCatalog,
        onError: (error) => void troubles.push(error),
        ports: { ...testPorts, executors: {}, deliver: (id, sent) => deliver(parts, id, sent) },
        id: null,
        // So that one that is held up cannot take its own row again.
        concurrency: 1,
        leaseSeconds: 30,
        pollMs: 20,
        drainMs: 50,
      })
      workers.push(worker)
      return worker
    },

    /** The worker is gone without a word, as the sweep finds out: what it still does is a zombie's. */
    lose: (worker: Worker) => sql`update work set owner = null where owner = ${worker.id}`,

    /** An approval is asked for, and its mail is due. */
    async ask() {
      const asked = await askApproval(db.database.db)
      const { id } = asked.message
      const due = { runId: null, key: id, due: new Date(0), payload: { message_id: id } }
      await db.database.db.insert(work).values({ id: newId('work'), kind: 'message', ...due })
      return asked
    },

    /** What stands of the one mail there is. */
    async stored() {
      const [row] = await sql<{ status: string; error: string | null; repeats: number; sending: number | null }[]>`
        select status, error, repeats, sending from messages`
      if (!row) throw new Error('no mail was asked for')
      return row
    },
    work: () => sql<{ tries: number }[]>`select tries from work`,

    async close(): Promise<void> {
      for (const worker of workers) await worker.stop()
      await smtp.close()
      await db.drop()
    },
  }
  return bench
}

/** A provider whose sendings are held up. */
export function wrapped(email: EmailProvider, { beforeMark, afterAnswer }: Around): EmailProvider {
  return {
    ...email,
    async send(mail, sent) {
      const around: Sent = async () => {
        await beforeMark?.()
        await sent()
      }
      const answer = await email.send(mail, around)
      await afterAnswer?.()
      return answer
    },
  }
}

/** A mail server on 127.0.0.1 that keeps what it takes, and answers as it is told. */
async function smtpServer() {
  const received: string[] = []
  const bench = { received, url: '', say: 250 as 250 | 451 | 554 | 'silence', close: async () => {} }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      text(stream).then((raw) => {
        if (bench.say === 'silence') {
          for (const connection of server.connections) connection.close()
          return
        }
        if (bench.say !== 250) return done(Object.assign(new Error('no'), { responseCode: bench.say }))
        received.push(raw)
        done()
      }, done)
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const address = server.server.address()
  bench.url = `smtp://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  bench.close = () => new Promise<void>((resolve) => server.close(resolve))
  return bench
}

/** The token of the first link in the text of a mail. */
export function tokenIn(raw: string): string {
  const plain = raw.replace(/=\r\n/g, '').replace(/=3D/g, '=')
  const [, token = ''] = /https:\/\/scaff\.example\/a\/([^?\s]+)/.exec(plain) ?? []
  return token
}
